using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>Where a consumer waits: for producers, or for the consumers it comes after. One consumer each.</summary>
/// <typeparam name="TWait">How it waits.</typeparam>
internal sealed class SequenceBarrier<TWait> : PaddedObject
    where TWait : struct, IWaitStrategy<TWait>
{
    // One pause for every two events handled since the last wait, at most 256: see Gather.
    private const int GatherShift = 1;
    private const long GatherPausesMax = 256;

    private readonly Sequence _first;
    private readonly Sequence[] _dependencies;
    private readonly MultiProducerSequencer<TWait>? _publications;
    private readonly TWait _wait;
    private bool _isAlerted;
    private long _caughtUpAt;

    /// <summary>A barrier.</summary>
    /// <param name="sequencer">The ring's sequencer.</param>
    /// <param name="wait">The ring's wait strategy.</param>
    /// <param name="dependencies">Consumers that must have handled an event before; none means the producers.</param>
    public SequenceBarrier(ISequencer sequencer, TWait wait, params Sequence[] dependencies)
    {
        _dependencies = dependencies.Length == 0 ? [sequencer.Cursor] : dependencies;
        _first = _dependencies[0];
        // Later consumers need no look at the slots: those before them have only passed published ones.
        _publications = dependencies.Length == 0 ? sequencer as MultiProducerSequencer<TWait> : null;
        _wait = wait;
    }

    /// <summary>Whether the consumer was asked to stop waiting.</summary>
    public bool IsAlerted => Volatile.Read(ref _isAlerted);

    /// <summary>The highest sequence the consumer may handle now; less than <paramref name="next"/> when there is none.</summary>
    /// <param name="next">The sequence it would handle next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Available(long next)
    {
        long available = _dependencies.Length == 1 ? _first.Value : Sequence.MinimumOf(_dependencies, ifNone: Sequence.Initial);
        return _publications is null || available < next ? available : _publications.HighestPublished(next, available);
    }

    /// <summary>Waits for a sequence.</summary>
    /// <param name="next">The sequence to handle next.</param>
    /// <returns>The highest sequence that may be handled; less than <paramref name="next"/> only after an alert.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long WaitFor(long next)
    {
        long available = Available(next);
        return available >= next ? available : WaitUntil(next);
    }

    /// <summary>Ends waiting, now and later.</summary>
    public void Alert()
    {
        Volatile.Write(ref _isAlerted, true);
        _wait.Signal();
    }

    // A consumer that is faster than its producer would fetch the cursor and the newest slots from the producer's cache after every few events,
    // which slows both down (set GatherPausesMax to 0 and run: obs bench ring). After a run it therefore lets events gather: a pause for every two
    // events it has just handled, 256 at most. After a single event it looks again at once.
    private void Gather(long next)
    {
        long handled = next - _caughtUpAt;
        _caughtUpAt = next;
        for (long pauses = Math.Min(handled >> GatherShift, GatherPausesMax); pauses > 0; pauses--)
            SpinHint.Pause();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long WaitUntil(long next)
    {
        Gather(next);
        for (int attempt = 0; ; attempt = unchecked(attempt + 1) & int.MaxValue)
        {
            int ticket = _wait.Prepare(attempt);
            // The alert is read before the sequences: what was published before the alert is seen.
            bool isAlerted = IsAlerted;
            long available = Available(next);
            Debug.Assert(available >= next - 1, "a dependency is behind its dependent");
            if (isAlerted || available >= next)
            {
                _wait.Cancel(attempt);
                return available;
            }
            _wait.Wait(attempt, ticket);
        }
    }
}
