using System;
using System.Collections.Generic;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>The model's background part on a thread of its own: the same bits whenever which part ran where, shown under seeded delays at every point
/// of the hand-over; and faults planted there are found.</summary>
[TestFixture]
internal sealed class HandOverTests
{
    private const int Rows = 400;

    [Test]
    public void Delays_at_every_point_change_no_bit([Range(1, 12)] int seed, [Values] ModelKind kind)
    {
        SequenceModel model = ModelFixture.Model(kind, hidden: 20 + (3 * seed), features: 4, window: 1 + (seed * 3), layers: 1 + (seed % 3), seed);
        double[][] rows = ModelFixture.Rows(Rows, 4, seed);
        long[] expected = SessionRuns.Diligent(new StaggeredSession(SequenceNetwork.Create(model)), rows);
        (long[] bits, long takenBack) = Run(model, rows, new DelayProbe(seed));
        Assert.That(bits, Is.EqualTo(expected), $"seed {seed}, {kind}");
        TestContext.Out.WriteLine($"seed {seed}: {takenBack} of {Rows} rows took their window back");
    }

    [Test, Category("Soak")]
    public void Delays_at_every_point_change_no_bit_for_long([Range(100, 160)] int seed) => Delays_at_every_point_change_no_bit(seed % 40, ModelKind.Lstm);

    [Test]
    public void Both_ways_are_taken()
    {
        SequenceModel model = ModelFixture.Model(hidden: 40, features: 4, window: 30, layers: 1);
        double[][] rows = ModelFixture.Rows(Rows, 4, seed: 3);
        (_, long hurried) = Run(model, rows, default(NoProbe));
        (_, long leisurely) = Run(model, rows, default(NoProbe), static session => WaitUntilIdle(session));
        Assert.That(hurried, Is.Positive, "rows back to back find their halves missing");
        Assert.That(leisurely, Is.LessThan(Rows / 20), "rows that leave the background its time find them ready");
    }

    [Test]
    public void A_look_that_is_left_out_is_found() => AssertFound(seed => new FaultyProbe(seed, postsEarly: false, skipsLook: true));

    [Test]
    public void A_row_posted_before_its_window_is_finished_is_found() => AssertFound(seed => new FaultyProbe(seed, postsEarly: true, skipsLook: false));

    [Test]
    public void Clearing_and_restoring_while_the_thread_works_begin_anew([Values(21, 22, 23)] int seed)
    {
        SequenceModel model = ModelFixture.Model(hidden: 30, features: 4, window: 12, layers: 2);
        SequenceNetwork network = SequenceNetwork.Create(model);
        double[][] rows = ModelFixture.Rows(200, 4, seed);
        using BackgroundThread background = new();
        SharedStaggeredSession<DelayProbe> shared = new(network, new DelayProbe(seed));
        background.Add(shared);
        StaggeredSession plain = new(network);
        Random random = new(seed);
        for (int row = 0; row < rows.Length; row++)
        {
            if (random.Next(40) == 0)
            {
                shared.Clear();
                plain.Clear();
            }
            if (random.Next(40) == 0)
            {
                double[] held = new double[plain.HeldRows * model.Features];
                plain.CopyRows(held);
                shared.Restore(held, plain.OutOfRangeInputs);
            }
            PredictionStatus expected = plain.OnRow(rows[row], out double value);
            Assert.That((shared.OnRow(rows[row], out double actual), actual), Is.EqualTo((expected, value)), $"seed {seed}, row {row}");
        }
        Assert.That(shared.StateHash, Is.EqualTo(plain.StateHash));
    }

    [Test]
    public void Several_sessions_share_a_thread_and_nobody_allocates()
    {
        SequenceNetwork network = SequenceNetwork.Create(ModelFixture.Model(hidden: 24, features: 4, window: 10));
        double[][] rows = ModelFixture.Rows(300, 4, seed: 8);
        BackgroundThread background = new();
        ISequenceSession[] sessions = [background.Open(network), background.Open(network), background.Open(network)];
        Feed(rows.AsSpan(0, 100));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Feed(rows.AsSpan(100));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        background.Dispose();
        Assert.That(allocated, Is.Zero);
        Assert.That(background.AllocatedBytes, Is.LessThan(1_000), "the thread allocates nothing for a row");

        void Feed(ReadOnlySpan<double[]> some)
        {
            foreach (double[] row in some)
            {
                foreach (ISequenceSession session in sessions)
                    _ = session.OnRow(row, out _);
            }
        }
    }

    [Test]
    public void Rows_go_on_without_the_thread()
    {
        SequenceModel model = ModelFixture.Model(hidden: 24, features: 4, window: 10);
        double[][] rows = ModelFixture.Rows(100, 4, seed: 9);
        BackgroundThread background = new();
        ISequenceSession session = background.Open(SequenceNetwork.Create(model));
        background.Dispose();
        Assert.That(SessionRuns.Diligent(session, rows), Is.EqualTo(SessionRuns.Diligent(SequenceSessions.Create(model), rows)));
    }

    [Test]
    public void A_background_that_throws_half_way_is_told_to_the_next_row_that_needs_it_and_hangs_nobody()
    {
        SequenceModel model = ModelFixture.Model(hidden: 24, features: 4, window: 10);
        double[][] rows = ModelFixture.Rows(100, 4, seed: 11);
        using BackgroundThread background = new();
        SharedStaggeredSession<FailingProbe> session = new(SequenceNetwork.Create(model), default);
        Array.ForEach(rows[..5], row => session.OnRow(row, out _));
        background.Add(session);
        Assert.That(SpinWait.SpinUntil(() => background.Failure is not null, TimeSpan.FromSeconds(60)), Is.True, "the thread throws after its first item, as soon as it runs");
        Assert.That(background.Failure?.Message, Is.EqualTo("planted"));
        Assert.That(() => Array.ForEach(rows[5..], row => session.OnRow(row, out _)), Throws.InstanceOf<InvalidOperationException>().With.Message.Contains("background part"));
    }

    [Test]
    public void The_engine_gets_its_turn_and_keeps_it_until_it_gives_it_back()
    {
        WindowTurn turn = new();
        Assert.That(turn.TryTakeForBackground(), Is.True);
        int[] steps = new int[1];
        Thread engine = new(() =>
        {
            turn.TakeForEngine();
            Interlocked.Increment(ref steps[0]);
        });
        engine.Start();
        while (!turn.IsWanted)
            Thread.SpinWait(10);
        Assert.That(Volatile.Read(ref steps[0]), Is.Zero, "the background still has it");
        turn.Release();
        engine.Join();
        Assert.That(steps[0], Is.EqualTo(1));
        Assert.That(turn.TryTakeForBackground(), Is.False, "the engine has it");
        turn.Release();
        Assert.That(turn.TryTakeForBackground(), Is.True);
    }

    // a fault shows when threads meet at the wrong moment: several seeds, and one of them must show it
    private static void AssertFound(Func<int, FaultyProbe> probeOf)
    {
        int found = 0;
        for (int seed = 1; seed <= 20 && found == 0; seed++)
        {
            SequenceModel model = ModelFixture.Model(hidden: 40, features: 4, window: 16, layers: 2, seed: seed);
            double[][] rows = ModelFixture.Rows(Rows, 4, seed);
            long[] expected = SessionRuns.Diligent(new StaggeredSession(SequenceNetwork.Create(model)), rows);
            if (!((ReadOnlySpan<long>)Run(model, rows, probeOf(seed)).Bits).SequenceEqual(expected))
                found++;
        }
        Assert.That(found, Is.Positive, "a stress that finds no planted fault proves nothing");
    }

    private static (long[] Bits, long TakenBack) Run<TProbe>(SequenceModel model, double[][] rows, TProbe probe, Action<SharedStaggeredSession<TProbe>>? between = null)
        where TProbe : struct, IHandOverProbe
    {
        using BackgroundThread background = new();
        SharedStaggeredSession<TProbe> session = new(SequenceNetwork.Create(model), probe);
        background.Add(session);
        List<long> bits = [];
        foreach (double[] row in rows)
        {
            PredictionStatus status = session.OnRow(row, out double prediction);
            bits.Add(status == PredictionStatus.Ready ? BitConverter.DoubleToInt64Bits(prediction) : long.MinValue);
            between?.Invoke(session);
        }
        return ([.. bits], session.TakenBack);
    }

    private static void WaitUntilIdle(SharedStaggeredSession<NoProbe> session)
    {
        while (!session.IsIdle)
            Thread.Yield();
    }

    /// <summary>Spins a seeded number of times at every point; a few delays are long enough for the other thread to do all it can.</summary>
    private readonly struct DelayProbe(int seed) : IHandOverProbe
    {
        private readonly int[] _calls = new int[Enum.GetValues<HandOverPoint>().Length * 16];

        public bool PostsEarly => false;

        public bool SkipsLook => false;

        public void At(HandOverPoint point)
        {
            // each point is passed by one thread, so its counter has one writer; 16 apart keeps them off each other's lines
            int call = _calls[(int)point * 16]++;
            uint draw = unchecked(((((uint)seed * 31) + (uint)point) * 747_796_405u + (uint)call) * 2_654_435_761u) >> 16;
            if (draw % 61 == 0)
                Thread.SpinWait(4_000);
            else if (draw % 3 == 0)
                Thread.SpinWait((int)(draw % 200));
        }
    }

    private readonly struct FailingProbe : IHandOverProbe
    {
        public bool PostsEarly => false;

        public bool SkipsLook => false;

        public void At(HandOverPoint point)
        {
            if (point == HandOverPoint.BackgroundBetweenItems)
                throw new ArithmeticException("planted");
        }
    }

    private readonly struct FaultyProbe(int seed, bool postsEarly, bool skipsLook) : IHandOverProbe
    {
        private readonly DelayProbe _delays = new(seed);

        public bool PostsEarly => postsEarly;

        public bool SkipsLook => skipsLook;

        public void At(HandOverPoint point)
        {
            _delays.At(point);
            if (PostsEarly && point == HandOverPoint.EngineFinishes)
                Thread.SpinWait(2_000);
        }
    }
}
