"""widgets: the vocabulary of the screens, without a word of the trade.

Every widget takes the `Look` first, and `name` (objectName) and where it is a control `spoken`
(accessible name, by default its label).

words       Words, a label in a type style and colour role; Rule, the 1 px line
button      Button: primary, secondary, text, quiet, inverse, danger; icon and key hint
key_hint    KeyHint, the small box with a key's name
chip        Chip: inverse (tier), outline, warn, danger
field       Field: label, 44 px line, the sentence when it cannot be taken
big_input   BigInput, the one input where scans land
sheet       Sheet, the dialog on its scrim inside the window
key_strip   KeyStrip of Key: the keys along the bottom edge
header      Header with Status items and the clock
paint       boxes, rails, text and icons for widgets that paint themselves
"""
