package dev.homeostat.statedb.flow;

import dev.homeostat.api.db.Change;
import dev.homeostat.statedb.testing.Memo;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** Promise A25: the official tests of Reactive Streams, on a publisher that ends with the rows that exist. */
public final class FinitePublisherTckTest extends FlowPublisherVerification<Change<Memo>> {
    public FinitePublisherTckTest() {
        super(TckTables.environment());
    }

    @Override
    public Flow.Publisher<Change<Memo>> createFlowPublisher(long elements) {
        return TckTables.withRows(elements).upToNow();
    }

    @Override
    public Flow.Publisher<Change<Memo>> createFailedFlowPublisher() {
        return TckTables.removed().upToNow();
    }

    @Override
    public long maxElementsFromPublisher() {
        return TckTables.MOST_ROWS;
    }
}
