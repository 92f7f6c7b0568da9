"""作废会怎样: what a void gives back and takes back, step by step."""

from __future__ import annotations

from ui.look import Look
from ui.text import tr
from ui.till.effects import Effects
from ui.till.void_state import VoidState


class VoidEffects(Effects):
    """The right side of the sheet of voids."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("作废"), name="void")

    def show_state(self, state: VoidState) -> None:
        """What would happen; a sale that is void already gives nothing back."""
        if state.is_voided:
            self.show_effects(tr("这一单已经作废"), (), "")
            self.set_done(tr("已作废"), is_ready=False)
            return
        self.show_effects(tr("确认后会发生"), state.effects, state.payable)
        self.set_done(tr("确认作废"), is_ready=True)

    def show_done(self, state: VoidState) -> None:
        """What is to be handed back now."""
        self.show_effects(tr("已作废，请退给顾客"), state.effects, state.payable)
        self.set_done(tr("退好了"), is_ready=True)
