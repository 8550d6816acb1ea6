using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>What every session promises, whichever way it computes.</summary>
[TestFixture(SequencePath.Staggered), TestFixture(SequencePath.Window)]
internal sealed class SessionContractTests
{
    private const int Window = 8;

    private readonly SequencePath _path;
    private readonly SequenceModel _model = ModelFixture.Model(hidden: 11, features: 3, window: Window, layers: 2);

    public SessionContractTests(object path) => _path = (SequencePath)path;

    private ISequenceSession NewSession => SequenceSessions.Create(_model, _path);

    [Test]
    public void A_prediction_depends_on_the_last_window_of_rows_only()
    {
        double[][] shared = ModelFixture.Rows(Window, 3, seed: 1);
        long[] predictions = [.. new[] { 2, 3, 4 }.Select(seed =>
        {
            double[][] rows = [.. ModelFixture.Rows(5 * seed, 3, seed), .. shared];
            return SessionRuns.Diligent(NewSession, rows)[^1];
        })];
        Assert.That(predictions.Distinct().Count(), Is.EqualTo(1));
        double[][] other = [.. ModelFixture.Rows(20, 3, seed: 9)];
        Assert.That(SessionRuns.Diligent(NewSession, other)[^1], Is.Not.EqualTo(predictions[0]), "control: other rows, another prediction");
    }

    [Test]
    public void The_first_row_of_a_window_still_counts()
    {
        double[][] rows = ModelFixture.Rows(Window, 3, seed: 1);
        long before = SessionRuns.Diligent(NewSession, rows)[^1];
        rows[0] = [5, -5, 5];
        Assert.That(SessionRuns.Diligent(NewSession, rows)[^1], Is.Not.EqualTo(before));
    }

    [Test]
    public void Held_rows_grow_to_one_less_than_the_window()
    {
        ISequenceSession session = NewSession;
        int[] held = [.. ModelFixture.Rows(Window + 3, 3, seed: 1).Select(row =>
        {
            session.OnRow(row, out _);
            return session.HeldRows;
        })];
        Assert.That(held, Is.EqualTo(Enumerable.Range(1, Window + 3).Select(count => Math.Min(count, Window - 1))));
    }

    [Test]
    public void Out_of_range_inputs_are_counted_over_clears_and_not_refused()
    {
        ISequenceSession session = NewSession;
        Assert.That(session.OnRow([100, 0, -100], out _), Is.EqualTo(PredictionStatus.None));
        session.Clear();
        Assert.That(session.OnRow([0, 100, 0], out _), Is.EqualTo(PredictionStatus.None));
        Assert.That(session.OutOfRangeInputs, Is.EqualTo(3));
        session.Restore([0, 0, 0, 100, 100, 100], outOfRangeInputs: 17);
        Assert.That(session.OutOfRangeInputs, Is.EqualTo(17), "rows of a snapshot were counted when they came");
    }

    [Test]
    public void Without_a_prediction_the_value_is_zero_and_the_status_says_so()
    {
        ISequenceSession session = NewSession;
        PredictionStatus status = session.OnRow([1, 2, 3], out double prediction);
        Assert.That((status, prediction), Is.EqualTo((PredictionStatus.None, 0.0)));
        Assert.That(default(PredictionStatus), Is.EqualTo(PredictionStatus.None), "a forgotten assignment is no prediction");
    }

    [Test]
    public void The_same_rows_in_two_sessions_give_the_same_bits_and_hash()
    {
        double[][] rows = ModelFixture.Rows(40, 3, seed: 6);
        (ISequenceSession a, ISequenceSession b) = (NewSession, NewSession);
        Assert.That(SessionRuns.Diligent(a, rows), Is.EqualTo(SessionRuns.Run(b, rows, _ => 0)));
        Assert.That(a.StateHash, Is.EqualTo(b.StateHash), "the hash covers rows, not how far the background is");
    }

    [Test]
    public void A_session_knows_its_model() => Assert.That(NewSession.Model, Is.SameAs(_model));
}
