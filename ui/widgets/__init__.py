"""widgets: the vocabulary of the screens, without a word of the trade.

Every widget takes the `Look` first, and `name` (objectName) and where it is a control `spoken`
(accessible name, by default its label).

words       Words, a label in a type style and colour role; Rule, the 1 px line
button      Button: primary, secondary, text, quiet, inverse, danger; icon and key hint
key_hint    the small box with a key's name, painted; the keys that mean the same everywhere
chip        Chip: inverse (tier), outline, warn, danger
digit_pad   DigitPad: twelve large keys for a finger, which type into one line
field       Field: label, 44 px line, the sentence when it cannot be taken
big_input   BigInput, the one input where scans land
sheet       Sheet, the dialog on its scrim inside the window
sheet_body  SheetBody: what stands between its head and its foot
said        Said: at that foot, what became of what was done there
low_foot    LowFoot: what a sheet does, at its foot in a window that is very low
foot        Foot: the lower edge of a sheet, what is said and the buttons of its deeds
cover       Cover: a page over everything of a window below its header
stops       what Tab visits inside a sheet or a cover
key_strip   KeyStrip of Key: the keys along the bottom edge
header      Header with Status items and the clock
choices     ChoiceList of Choice: rows to choose from, within a sheet
list_form   ListForm: a list at the left of a sheet, what is done with its row at the right
list_body   ListBody: rows of a sheet that may be many, in one place to scroll
suggestions Suggestions of Choice: the list below the BigInput, driven by its keys
amount      Amount: label and figure on one base line, as large as fits
stepper     Stepper: minus, number, plus
scroll      Scroll: what is taller than its place
progress    Progress: a bar that fills, with words above it
stoppable   Stoppable: a Progress with the button that stops what goes on
day_span    DaySpan: from which day to which, usual spans by a press
segments    Segments of Segment: one of a row of choices, with counts
tile        Tile: a box to choose, in a row (64) or centred over two lines (56)
banner      Banner (56) and Notice (64) with Action buttons; tones good, warn, danger
panel_row   PanelRow, FactRow: rows of the right panel; Figure: label over value
empty       Empty with Offer rows: nothing here yet, and what one can do
line_table  LineTable of LineRow and Fragment (line_row): the basket, with the stepper
ledger      Ledger of LedgerRow: lines down, causes across, sums both ways
file_icons  what a dialog for files shows beside a name, without opening the file
paint       boxes, rails, text and icons for widgets that paint themselves
side_nav    SideNav of Place: the pages of a window at its left edge
picture     Picture: a file's picture whole in a square, or an icon without one
key_figure  KeyFigure: a label, a number that opens its rows, a line; Number alone
bar_chart   BarChart of Bar: this period as bars, the one before as ticks
row_table   RowTable of Column: a million rows, painted while they are in sight
"""
