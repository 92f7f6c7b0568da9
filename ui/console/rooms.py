"""房间: all groups of commands of the screenless till; a new one is a line here."""

from __future__ import annotations

from ui.console.by_hand_commands import ByHandCommands
from ui.console.consent_commands import ConsentCommands
from ui.console.deed_commands import DeedCommands
from ui.console.drawer_commands import DrawerCommands
from ui.console.gift_commands import GiftCommands
from ui.console.hold_commands import HoldCommands
from ui.console.member_commands import MemberCommands
from ui.console.paper_commands import PaperCommands
from ui.console.people_commands import PeopleCommands
from ui.console.points_commands import PointsCommands
from ui.console.price_commands import PriceCommands
from ui.console.return_commands import ReturnCommands
from ui.console.reward_commands import RewardCommands
from ui.console.slip_commands import SlipCommands
from ui.console.trace_commands import TraceCommands
from ui.console.void_commands import VoidCommands

ROOMS = (
    HoldCommands,
    MemberCommands,
    ConsentCommands,
    ByHandCommands,
    PointsCommands,
    GiftCommands,
    PeopleCommands,
    DrawerCommands,
    VoidCommands,
    ReturnCommands,
    PaperCommands,
    DeedCommands,
    RewardCommands,
    TraceCommands,
    PriceCommands,
    SlipCommands,
)
