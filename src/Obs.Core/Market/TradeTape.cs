using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>Decides which trades count: each once, and of single and aggregated trades only the kind that a market's first trade had.</summary>
/// <remarks>Both Binance streams tell the same executions; counting both would double the volume. Whichever a recording starts with is its tape to the end.</remarks>
internal sealed class TradeTape
{
    private readonly SeenIds _seen = new();
    private bool _hasKind;
    private bool _isAggregated;

    /// <summary>Takes the memory of a long run beforehand.</summary>
    public void Reserve() => _seen.Reserve();

    /// <summary>Why the trade does not count, or none.</summary>
    public DropReason Judge(in MarketEvent trade)
    {
        bool isAggregated = (trade.Flags & MarketEventFlags.AggregatedTrade) != 0;
        if (!_hasKind)
            (_hasKind, _isAggregated) = (true, isAggregated);
        if (isAggregated != _isAggregated)
            return DropReason.OtherTradeStream;
        return _seen.TryAdd(trade.LastUpdateId) ? DropReason.None : DropReason.DuplicateTrade;
    }

    /// <summary>Reads what the next trade will be judged by.</summary>
    public ulong Touch() => _seen.Touch();

    /// <summary>Writes the state.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteBoolean(_hasKind);
        writer.WriteBoolean(_isAggregated);
        _seen.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        _hasKind = reader.ReadBoolean();
        _isAggregated = reader.ReadBoolean();
        _seen.Restore(reader);
    }
}
