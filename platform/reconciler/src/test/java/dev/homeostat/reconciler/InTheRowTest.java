package dev.homeostat.reconciler;

import org.junit.jupiter.api.Nested;

/** The side of the seam where each reconciler has a field of the row. */
final class InTheRowTest extends StatusContract<Station> {
    InTheRowTest() {
        super(StatusSide.FIELD);
    }

    @Nested
    final class SharedRows extends SharedRowContract<Station> {
        SharedRows() {
            super(StatusSide.FIELD);
        }
    }

    @Nested
    final class WrittenStatuses extends WrittenStatusContract<Station> {
        WrittenStatuses() {
            super(StatusSide.FIELD);
        }
    }

    @Nested
    final class Learning extends LearningContract<Station> {
        Learning() {
            super(StatusSide.FIELD);
        }
    }
}
