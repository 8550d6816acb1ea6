using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Obs.Core.Simulation;

/// <summary>How long requests and reports travel: two constants, or interpolated between the stamps of real orders.</summary>
/// <remarks>Immutable, any thread, no allocation in use. A pure function of time: no jitter, no load.
/// Interpolation is linear in integers, cut toward zero, so that two machines agree.</remarks>
internal sealed class OrderLatency
{
    private readonly long _entryNs;
    private readonly long _responseNs;
    private readonly OrderLatencyRow[] _byRequest;
    private readonly OrderLatencyRow[] _byExchange;

    private OrderLatency(long entryNs, long responseNs, OrderLatencyRow[] byRequest, OrderLatencyRow[] byExchange) =>
        (_entryNs, _responseNs, _byRequest, _byExchange) = (entryNs, responseNs, byRequest, byExchange);

    /// <summary>The same latency always, ns, both at least 0.</summary>
    public static OrderLatency Constant(long entryNs, long responseNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(entryNs);
        ArgumentOutOfRangeException.ThrowIfNegative(responseNs);
        return new OrderLatency(entryNs, responseNs, [], []);
    }

    /// <summary>Interpolated from the stamps of real orders; before the first row its value, after the last its value.</summary>
    /// <exception cref="ArgumentException">No row, request times not rising, an answer before its request, or no row that reached the venue.</exception>
    public static OrderLatency Interpolated(IReadOnlyList<OrderLatencyRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<OrderLatencyRow> reached = [];
        for (int index = 0; index < rows.Count; index++)
        {
            OrderLatencyRow row = rows[index];
            bool late = index > 0 && row.RequestNs <= rows[index - 1].RequestNs;
            if (late || row.ResponseNs < row.RequestNs || (row.ExchangeNs > 0 && (row.ExchangeNs < row.RequestNs || row.ResponseNs < row.ExchangeNs)))
                throw new ArgumentException($"Order latency row {index} ({row}) is out of order; rows need rising request times and request ≤ exchange ≤ response.", nameof(rows));
            if (row.ExchangeNs > 0)
                reached.Add(row);
        }
        if (reached.Count == 0)
            throw new ArgumentException("No order latency row reached the venue (exchange time above 0); nothing can be interpolated.", nameof(rows));
        reached.Sort(static (OrderLatencyRow left, OrderLatencyRow right) => left.ExchangeNs.CompareTo(right.ExchangeNs));
        return new OrderLatency(0, 0, [.. rows], [.. reached]);
    }

    /// <summary>Travel time of a request sent at <paramref name="localNs"/> (venue scale). Negative: refused on the way; the refusal arrives after the absolute value.</summary>
    public long EntryNs(long localNs)
    {
        if (_byRequest.Length == 0)
            return _entryNs;
        int at = LastAtOrBelow(_byRequest, localNs, byRequest: true);
        OrderLatencyRow left = _byRequest[Math.Max(at, 0)];
        OrderLatencyRow right = at >= 0 && at + 1 < _byRequest.Length ? _byRequest[at + 1] : left;
        if (left.ExchangeNs <= 0 || right.ExchangeNs <= 0)
            return -Math.Max(1, Between(localNs, left.RequestNs, left.ResponseNs - left.RequestNs, right.RequestNs, right.ResponseNs - right.RequestNs));
        return Between(localNs, left.RequestNs, left.ExchangeNs - left.RequestNs, right.RequestNs, right.ExchangeNs - right.RequestNs);
    }

    /// <summary>Travel time of a report sent by the venue at <paramref name="venueNs"/>; never negative.</summary>
    public long ResponseNs(long venueNs)
    {
        if (_byExchange.Length == 0)
            return _responseNs;
        int at = LastAtOrBelow(_byExchange, venueNs, byRequest: false);
        OrderLatencyRow left = _byExchange[Math.Max(at, 0)];
        OrderLatencyRow right = at >= 0 && at + 1 < _byExchange.Length ? _byExchange[at + 1] : left;
        return Between(venueNs, left.ExchangeNs, left.ResponseNs - left.ExchangeNs, right.ExchangeNs, right.ResponseNs - right.ExchangeNs);
    }

    private static int LastAtOrBelow(OrderLatencyRow[] rows, long timeNs, bool byRequest)
    {
        int low = 0;
        int high = rows.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if ((byRequest ? rows[middle].RequestNs : rows[middle].ExchangeNs) <= timeNs)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    private static long Between(long x, long x0, long y0, long x1, long y1)
    {
        if (x1 == x0)
            return y0;
        Debug.Assert(x0 <= x && x < x1, "interpolation stays between two rows");
        return y0 + (long)((Int128)(y1 - y0) * (x - x0) / (x1 - x0));
    }
}
