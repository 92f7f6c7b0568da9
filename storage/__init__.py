"""storage remembers: the encrypted store of a till; rows never leave the file that made them."""

import os

# Names are read sign by sign (`core.members.names`): whole phrases, which no sign looks up, would
# be 45 MB of every process that reads one.
os.environ |= {"PYPINYIN_NO_PHRASES": "true", "PYPINYIN_NO_DICT_COPY": "true"}
