using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>Where a consumer waits: for producers, or for the consumers it comes after. One consumer each.</summary>
/// <typeparam name="TWait">How it waits.</typeparam>
internal sealed class SequenceBarrier<TWait>
    where TWait : struct, IWaitStrategy<TWait>
{
    private readonly Sequence _first;
    private readonly Sequence[] _dependencies;
    private readonly MultiProducerSequencer<TWait>? _publications;
    private readonly TWait _wait;
    private bool _isAlerted;

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long WaitUntil(long next)
    {
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
