namespace Obs.Core.Disruptor;

/// <summary>A place in a line: after certain processors. Made by <see cref="RingTopology{T, TWait}.After"/>.</summary>
/// <typeparam name="T">The event.</typeparam>
/// <typeparam name="TWait">How processors wait.</typeparam>
internal readonly struct TopologyStage<T, TWait>
    where T : struct
    where TWait : struct, IWaitStrategy<TWait>
{
    private readonly RingTopology<T, TWait> _topology;
    private readonly IEventProcessor[] _after;

    /// <summary>The place after these processors.</summary>
    internal TopologyStage(RingTopology<T, TWait> topology, IEventProcessor[] after)
    {
        _topology = topology;
        _after = after;
    }

    /// <summary>Adds a processor here; several calls add siblings.</summary>
    /// <param name="name">Its name in messages and thread lists.</param>
    /// <param name="handler">Its handler.</param>
    /// <param name="pinToCpu">Core to pin its thread to; null for any.</param>
    public BatchEventProcessor<T, THandler, TWait> Handle<THandler>(string name, THandler handler, int? pinToCpu = null)
        where THandler : IEventHandler<T> => _topology.Add(name, handler, _after, pinToCpu);
}
