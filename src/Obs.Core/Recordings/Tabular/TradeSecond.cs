using System.Collections.Generic;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Tabular;

/// <summary>Trades whose time is only known to the second: puts those of one second in the order of their ids, and takes the id's own clock where it has one.</summary>
/// <remarks>An Upbit sequential_id is the match's UTC time in ms times 1,000, plus a counter. In the recorded lists the rows of a second are out of
/// order, and the text time, said to be Korean, is UTC: the ids show it. A file whose ids fit neither zone keeps its text times.</remarks>
internal sealed class TradeSecond(ImportContext context)
{
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerMs = 1_000_000;
    private readonly List<(MarketEvent Trade, long Line)> _trades = [];
    private long _secondNs;
    private long? _shiftNs;
    private bool _idsCarryTime;

    /// <summary>Adds a trade; those of the second before are given on when a new second begins.</summary>
    public void Add(in MarketEvent trade, long line)
    {
        if (trade.ReceiveNs != _secondNs)
            Flush();
        _secondNs = trade.ReceiveNs;
        _shiftNs ??= FindZone(trade);
        _trades.Add((trade, line));
    }

    /// <summary>Gives the trades on that are held.</summary>
    public void Flush()
    {
        _trades.Sort(static ((MarketEvent Trade, long Line) left, (MarketEvent Trade, long Line) right) =>
            left.Trade.LastUpdateId != right.Trade.LastUpdateId ? left.Trade.LastUpdateId.CompareTo(right.Trade.LastUpdateId) : left.Line.CompareTo(right.Line));
        foreach ((MarketEvent held, long line) in _trades)
        {
            MarketEvent trade = held;
            long ns = _secondNs + (_shiftNs ?? 0);
            long idNs = IdNs(trade.LastUpdateId);
            if (_idsCarryTime && idNs >= ns && idNs < ns + NsPerSecond)
                ns = idNs;
            Debug.Assert(ns - _secondNs - (_shiftNs ?? 0) < NsPerSecond, "a trade stays in its second");
            trade.VenueNs = trade.MatchNs = ns;
            if (context.InSpan(ns))
                context.Event(line, ref trade, ns, [], []);
        }
        _trades.Clear();
    }

    private long FindZone(in MarketEvent first)
    {
        long zoneNs = context.Options.UtcOffsetMinutes * 60 * NsPerSecond;
        long aheadNs = IdNs(first.LastUpdateId) - first.ReceiveNs;
        _idsCarryTime = aheadNs is >= 0 and < NsPerSecond || (aheadNs >= zoneNs && aheadNs < zoneNs + NsPerSecond);
        if (!_idsCarryTime || aheadNs is >= 0 and < NsPerSecond)
            return 0;
        context.Counts.Note("text times are UTC: the times inside the sequential ids say so");
        return zoneNs;
    }

    private static long IdNs(long id) => id is >= ReceiveTime.FirstNs / 1_000 and < ReceiveTime.EndNs / 1_000 ? id / 1_000 * NsPerMs : 0;
}
