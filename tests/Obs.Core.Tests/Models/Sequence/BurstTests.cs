using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>Rows faster than the background: predictions stay the same, the work left behind is bounded and is all done in the end.</summary>
[TestFixture]
internal sealed class BurstTests
{
    private const int Window = 16;

    private readonly SequenceModel _model = ModelFixture.Model(hidden: 64, features: 5, window: Window, layers: 2);

    [Test]
    public void After_a_burst_of_any_length_the_predictions_are_right([Values(1, 2, 3, 8, 15, 16, 17, 50)] int burst)
    {
        double[][] rows = ModelFixture.Rows(120, 5, seed: burst);
        SequenceNetwork network = SequenceNetwork.Create(_model);
        long[] expected = SessionRuns.Diligent(new WindowSession(network), rows);
        long[] actual = SessionRuns.Run(new StaggeredSession(network), rows, row => row % (burst + 1) == burst ? int.MaxValue : 0);
        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void Work_left_behind_grows_with_the_burst_and_is_bounded_by_the_windows()
    {
        int one = SlicesAfter(1), four = SlicesAfter(4), many = SlicesAfter(10 * Window);
        Assert.Multiple(() =>
        {
            Assert.That(four, Is.GreaterThan(one));
            Assert.That(many, Is.LessThan((Window * one) + Window), "no window can lack more steps than it has rows");
        });
    }

    [Test]
    public void The_nearest_window_is_served_first()
    {
        StaggeredSession first = Filled(), second = Filled();
        double[][] rows = ModelFixture.Rows(2, 5, seed: 3);
        first.OnRow(rows[0], out _);
        second.OnRow(rows[0], out _);
        int all = Drain(first);
        for (int slice = 0; slice < all / 2; slice++)
            second.RunBackgroundSlice();
        first.OnRow(rows[1], out double afterAll);
        second.OnRow(rows[1], out double afterHalf);
        Assert.That(BitConverter.DoubleToInt64Bits(afterHalf), Is.EqualTo(BitConverter.DoubleToInt64Bits(afterAll)));
        int lagging = Drain(second), current = Drain(first);
        Assert.That(lagging, Is.InRange(current + (all / 4), current + all), "the far half of the old row waits behind the new one");
    }

    [Test]
    public void A_slice_says_whether_more_remains()
    {
        StaggeredSession session = Filled();
        session.OnRow(ModelFixture.Rows(1, 5, seed: 1)[0], out _);
        bool[] answers = [.. Enumerable.Range(0, Drain(Copy(session)) + 2).Select(_ => session.RunBackgroundSlice())];
        int end = Array.IndexOf(answers, false);
        Assert.That(answers[..end], Is.All.True);
        Assert.That(answers[end..], Is.All.False);
    }

    private static int Drain(StaggeredSession session)
    {
        int slices = 1;
        while (session.RunBackgroundSlice())
            slices++;
        return slices;
    }

    private StaggeredSession Filled()
    {
        StaggeredSession session = new(SequenceNetwork.Create(_model));
        SessionRuns.Diligent(session, ModelFixture.Rows(Window, 5, seed: 2));
        return session;
    }

    /// <summary>A session at the same row that still has the last row's work before it.</summary>
    private StaggeredSession Copy(StaggeredSession session)
    {
        double[] rows = new double[session.HeldRows * 5];
        session.CopyRows(rows);
        StaggeredSession copy = Filled();
        copy.OnRow(rows.AsSpan(rows.Length - 5), out _);
        return copy;
    }

    private int SlicesAfter(int burst)
    {
        StaggeredSession session = Filled();
        SessionRuns.Run(session, ModelFixture.Rows(burst, 5, seed: 4), _ => 0);
        return Drain(session);
    }
}
