package dev.homeostat.reconciler;

import org.junit.jupiter.api.Nested;

/** The side of the seam where the row has a set of statuses. */
final class StatusSetInTheRowTest extends StatusContract<Node> {
    StatusSetInTheRowTest() {
        super(StatusSide.SET);
    }

    @Nested
    final class SharedRows extends SharedRowContract<Node> {
        SharedRows() {
            super(StatusSide.SET);
        }
    }

    @Nested
    final class WrittenStatuses extends WrittenStatusContract<Node> {
        WrittenStatuses() {
            super(StatusSide.SET);
        }
    }

    @Nested
    final class Learning extends LearningContract<Node> {
        Learning() {
            super(StatusSide.SET);
        }
    }
}
