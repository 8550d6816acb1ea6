namespace Obs.Core.Disruptor;

/// <summary>How a thread waits for sequences: consumers for events, producers for room. A struct, so that the loop around it has it inlined.</summary>
/// <remarks>The waiter's loop is: <see cref="Prepare"/>, look, then <see cref="Cancel"/> when there is something, else <see cref="Wait"/>. Strategies that
/// block are woken by <see cref="Signal"/>, which everybody who moves a sequence calls; because a waiter announces itself before it looks,
/// no wake-up is lost. One instance serves all threads of a ring.
/// <list type="table">
/// <listheader><term>strategy</term><description>reaction; cost of waiting; cost of a publication</description></listheader>
/// <item><term>BusySpin</term><description>at once (bench ring, ping-pong); a whole core; none</description></item>
/// <item><term>Yielding</term><description>as BusySpin on free cores, a scheduler turn on busy ones; a core that others may have; none</description></item>
/// <item><term>Sleeping</term><description>60 µs and more once asleep; hardly any of a core; none</description></item>
/// <item><term>Blocking</term><description>what the kernel needs to wake a thread; nothing; a full fence, and a lock when somebody sleeps</description></item>
/// </list></remarks>
/// <typeparam name="TSelf">The strategy itself.</typeparam>
internal interface IWaitStrategy<TSelf>
    where TSelf : struct, IWaitStrategy<TSelf>
{
    /// <summary>Whether <see cref="Signal"/> must be called after each publication; a constant, so the call vanishes where it is false.</summary>
    static abstract bool NeedsSignal { get; }

    /// <summary>A strategy for one ring.</summary>
    static abstract TSelf Create();

    /// <summary>Announces the waiter, before it looks.</summary>
    /// <param name="attempt">How often it has waited in vain since it began; from 0.</param>
    /// <returns>A ticket for <see cref="Wait"/>.</returns>
    int Prepare(int attempt);

    /// <summary>Takes the announcement back: there is something.</summary>
    /// <param name="attempt">The number given to <see cref="Prepare"/>.</param>
    void Cancel(int attempt);

    /// <summary>Waits until looking again is worth while; it may return for no reason.</summary>
    /// <param name="attempt">The number given to <see cref="Prepare"/>.</param>
    /// <param name="ticket">What <see cref="Prepare"/> returned.</param>
    void Wait(int attempt, int ticket);

    /// <summary>A sequence moved or the line is stopped: wakes all who wait.</summary>
    void Signal();
}
