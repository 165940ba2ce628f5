package dev.homeostat.reconciler;

import org.junit.jupiter.api.Nested;

/** Modes, pauses, observation and refreshes on demand, on each side of the seam. */
final class ModesTest {
    @Nested
    final class BesideTheRow extends ModesContract<Item> {
        BesideTheRow() {
            super(StatusSide.BESIDE);
        }
    }

    @Nested
    final class InAField extends ModesContract<Station> {
        InAField() {
            super(StatusSide.FIELD);
        }
    }

    @Nested
    final class InASet extends ModesContract<Node> {
        InASet() {
            super(StatusSide.SET);
        }
    }
}
