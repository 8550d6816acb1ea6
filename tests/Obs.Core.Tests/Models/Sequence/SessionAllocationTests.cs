using System;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;
using Obs.Core.Tests.Market;

namespace Obs.Core.Tests.Models.Sequence;

[TestFixture]
internal sealed class SessionAllocationTests
{
    [Test]
    public void A_row_and_its_background_allocate_nothing([Values] ModelKind kind, [Values] SequencePath path)
    {
        SequenceModel model = ModelFixture.Model(kind, hidden: 20, features: 6, window: 10, layers: 2);
        ISequenceSession session = SequenceSessions.Create(model, path);
        Assert.That(BytesPerThousandRows(session, row => row), Is.Zero);
    }

    [Test]
    public void Control_a_row_that_allocates_is_noticed()
    {
        ISequenceSession session = SequenceSessions.Create(ModelFixture.Model(features: 6));
        Assert.That(BytesPerThousandRows(session, row => [.. row]), Is.Positive);
    }

    private static long BytesPerThousandRows(ISequenceSession session, Func<double[], double[]> pass)
    {
        double[] row = new double[6];
        Feed(session, pass, row, 200);
        // what the runtime itself allocates now and then on this thread is not the session's: the least of a few passes counts
        return MarketFixture.BytesAllocatedBy(() => Feed(session, pass, row, 1_000));
    }

    private static void Feed(ISequenceSession session, Func<double[], double[]> pass, double[] row, int count)
    {
        for (int i = 0; i < count; i++)
        {
            row[i % 6] = i * 0.001;
            session.OnRow(pass(row), out _);
            while (session.RunBackgroundSlice())
            {
                // background is part of a row's cost
            }
            _ = session.StateHash;
        }
    }
}
