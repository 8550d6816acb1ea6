using System;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

[TestFixture]
internal sealed class StaggeredSessionTests
{
    [Test]
    public void There_is_no_prediction_before_the_window_is_full([Values(1, 2, 5)] int window)
    {
        SequenceModel model = ModelFixture.Model(window: window);
        double[][] rows = ModelFixture.Rows(window + 3, model.Features, seed: 1);
        long[] bits = SessionRuns.Diligent(SequenceSessions.Create(model), rows);
        Assert.That(
            bits.Select(bit => bit == long.MinValue),
            Is.EqualTo(Enumerable.Range(0, rows.Length).Select(row => row < window - 1)));
    }

    [Test]
    public void No_slicing_of_the_background_changes_a_bit([Range(1, 24)] int seed)
    {
        Random random = new(seed);
        ModelKind kind = (ModelKind)random.Next(2);
        SequenceModel model = ModelFixture.Model(kind, random.Next(1, 120), random.Next(1, 9), random.Next(1, 25), random.Next(1, 4), seed);
        double[][] rows = ModelFixture.Rows(60, model.Features, seed);
        SequenceNetwork network = SequenceNetwork.Create(model);
        long[] expected = SessionRuns.Diligent(new WindowSession(network), rows);
        int most = random.Next(1, 40);
        Assert.Multiple(() =>
        {
            Assert.That(
                SessionRuns.Run(new StaggeredSession(network), rows, _ => random.Next(most)),
                Is.EqualTo(expected),
                $"seed {seed}: random slices below {most}");
            Assert.That(
                SessionRuns.Run(new StaggeredSession(network), rows, _ => 0),
                Is.EqualTo(expected),
                $"seed {seed}: no background at all");
            Assert.That(
                SessionRuns.Run(new StaggeredSession(network), rows, row => row % 16 == 15 ? int.MaxValue : 0),
                Is.EqualTo(expected),
                $"seed {seed}: bursts of 16");
            Assert.That(
                SessionRuns.Run(new StaggeredSession(network), rows, _ => 1),
                Is.EqualTo(expected),
                $"seed {seed}: one slice a row");
        });
    }

    [Test]
    public void Background_on_another_thread_changes_no_bit()
    {
        SequenceModel model = ModelFixture.Model(hidden: 40, features: 6, window: 20, layers: 2);
        double[][] rows = ModelFixture.Rows(400, 6, seed: 9);
        SequenceNetwork network = SequenceNetwork.Create(model);
        long[] expected = SessionRuns.Diligent(new WindowSession(network), rows);
        Assert.That(RunWithWorker(new StaggeredSession(network), rows), Is.EqualTo(expected));
    }

    [Test]
    public void Slices_end_and_an_idle_session_has_none()
    {
        ISequenceSession session = SequenceSessions.Create(ModelFixture.Model(hidden: 64, window: 30));
        Assert.That(session.RunBackgroundSlice(), Is.False, "nothing to do before the first row");
        foreach (double[] row in ModelFixture.Rows(40, 3, seed: 1))
            session.OnRow(row, out _);
        int slices = 0;
        while (session.RunBackgroundSlice())
            slices++;
        Assert.That(slices, Is.InRange(30, 100_000), "forty rows of thirty windows are more than thirty slices");
        Assert.That(session.RunBackgroundSlice(), Is.False, "what is done stays done");
    }

    [Test]
    public void Half_of_the_background_is_enough_for_the_next_row_because_its_window_comes_first([Values] ModelKind kind, [Values(1, 2)] int layers)
    {
        ISequenceSession session = SequenceSessions.Create(ModelFixture.Model(kind, hidden: 64, features: 4, window: 30, layers));
        double[][] rows = ModelFixture.Rows(44, 4, seed: 3);
        SessionRuns.Diligent(session, rows[..40]);
        session.OnRow(rows[40], out _);
        int slices = 0;
        while (session.RunBackgroundSlice())
            slices++;
        session.OnRow(rows[41], out _);
        for (int slice = 0; slice < slices / 2; slice++)
            session.RunBackgroundSlice();
        long late = session.LateRows;
        session.OnRow(rows[42], out _);
        Assert.That(session.LateRows, Is.EqualTo(late), $"{slices / 2} slices of {slices} brought its window up and prepared its halves");
        session.OnRow(rows[43], out _);
        Assert.That(session.LateRows, Is.EqualTo(late + 1), "control: without any background it is late");
    }

    [Test]
    public void A_restored_session_continues_with_the_same_bits([Values(1, 2, 7, 30)] int window, [Values] ModelKind kind, [Values] SequencePath path)
    {
        SequenceModel model = ModelFixture.Model(kind, hidden: 18, features: 4, window, layers: 2);
        double[][] rows = ModelFixture.Rows(90, 4, seed: window);
        SequenceNetwork network = SequenceNetwork.Create(model);
        ISequenceSession whole = SequenceSessions.Create(network, path);
        long[] expected = SessionRuns.Diligent(whole, rows);
        foreach (int cut in (int[])[0, 1, window / 2, window - 1, window, window + 1, 55, 89])
        {
            ISequenceSession first = SequenceSessions.Create(network, path);
            SessionRuns.Run(first, rows[..cut], row => row % 3);
            double[] snapshot = new double[first.HeldRows * model.Features];
            Assert.That(first.CopyRows(snapshot), Is.EqualTo(Math.Min(cut, window - 1)), $"held at {cut}");
            ISequenceSession second = SequenceSessions.Create(network);
            SessionRuns.Diligent(second, rows[40..50]);
            second.Restore(snapshot, first.OutOfRangeInputs);
            Assert.That(second.StateHash, Is.EqualTo(first.StateHash), $"hash at {cut}");
            Assert.That(second.OutOfRangeInputs, Is.EqualTo(first.OutOfRangeInputs), $"counter at {cut}");
            Assert.That(SessionRuns.Diligent(second, rows[cut..]), Is.EqualTo(expected[cut..]), $"cut at {cut}");
            Assert.That(second.StateHash, Is.EqualTo(whole.StateHash), $"hash at the end, cut at {cut}");
        }
    }

    [Test]
    public void Clearing_forgets_everything_also_in_the_middle_of_a_slice()
    {
        SequenceModel model = ModelFixture.Model(hidden: 70, features: 3, window: 12, layers: 2);
        double[][] rows = ModelFixture.Rows(40, 3, seed: 4);
        ISequenceSession session = SequenceSessions.Create(model);
        SessionRuns.Run(session, rows[..17], _ => 1);
        session.Clear();
        Assert.That(session.HeldRows, Is.Zero);
        Assert.That(session.RunBackgroundSlice(), Is.False, "no work is left over");
        Assert.That(
            SessionRuns.Diligent(session, rows[17..]),
            Is.EqualTo(SessionRuns.Diligent(SequenceSessions.Create(model), rows[17..])));
    }

    [Test]
    public void A_row_that_is_not_finite_or_of_another_length_is_refused_and_changes_nothing()
    {
        ISequenceSession session = SequenceSessions.Create(ModelFixture.Model(features: 3, window: 2));
        session.OnRow([1, 2, 3], out _);
        ulong hash = session.StateHash;
        foreach (double[] row in (double[][])[[1, 2], [1, 2, 3, 4], [], [1, double.NaN, 3], [double.PositiveInfinity, 2, 3]])
            Assert.That((session.OnRow(row, out double value), value), Is.EqualTo((PredictionStatus.InvalidInput, 0.0)));
        Assert.That((session.StateHash, session.HeldRows), Is.EqualTo((hash, 1)));
        Assert.That(session.OnRow([1, 2, 3], out _), Is.EqualTo(PredictionStatus.Ready));
    }

    [Test]
    public void The_hash_tells_rows_orders_and_counts_apart()
    {
        ulong[] hashes = [HashOf(), HashOf([0, 0, 0]), HashOf([0, 0, 0], [0, 0, 0]), HashOf([1, 2, 3], [4, 5, 6]), HashOf([4, 5, 6], [1, 2, 3]), HashOf([2, 1, 3], [4, 5, 6]), HashOf([0, 0, -0.0])];
        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public void Rows_that_fit_no_snapshot_are_refused()
    {
        ISequenceSession session = SequenceSessions.Create(ModelFixture.Model(features: 3, window: 2));
        session.OnRow([1, 2, 3], out _);
        Assert.Throws<ArgumentException>(() => session.Restore(new double[4], 0), "not whole rows");
        Assert.Throws<ArgumentException>(() => session.Restore(new double[6], 0), "more rows than the window's past");
        Assert.Throws<ArgumentException>(() => session.CopyRows(new double[2]), "no room");
        Assert.That(session.HeldRows, Is.EqualTo(1), "a refused restore changes nothing");
    }

    private static ulong HashOf(params double[][] rows)
    {
        ISequenceSession session = SequenceSessions.Create(ModelFixture.Model(features: 3, window: 4));
        foreach (double[] row in rows)
            session.OnRow(row, out _);
        return session.StateHash;
    }

    private static long[] RunWithWorker(StaggeredSession session, double[][] rows)
    {
        using SemaphoreSlim work = new(0), done = new(0);
        bool stop = false;
        Thread worker = new(() =>
        {
            for (int round = 0; ; round++)
            {
                work.Wait();
                if (Volatile.Read(ref stop))
                    return;
                for (int slice = round % 11; slice > 0 && session.RunBackgroundSlice(); slice--)
                {
                    // some of it; the next row completes what it needs on its own thread
                }
                done.Release();
            }
        });
        worker.Start();
        long[] bits = SessionRuns.Run(session, rows, _ =>
        {
            work.Release();
            done.Wait();
            return 0;
        });
        Volatile.Write(ref stop, true);
        work.Release();
        worker.Join();
        return bits;
    }
}
