using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>Requests on their way, in order of arrival, and what the venue does with them when their time has come.</summary>
/// <remarks>Engine thread only; no allocation while the options' capacity suffices.</remarks>
/// <typeparam name="TBook">The book.</typeparam>
internal sealed class RequestLine<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    private readonly PaperVenueOptions _options;
    private readonly ArrivalChecks _checks;
    private readonly ExecutionDesk _desk;
    private readonly RestingOrders<TBook> _resting;
    private readonly ArrivalMatching<TBook> _arrivals;

    /// <summary>An empty line.</summary>
    public RequestLine(
        Instrument instrument, PaperVenueOptions options, ExecutionDesk desk, RestingOrders<TBook> resting, ArrivalMatching<TBook> arrivals)
    {
        _options = options;
        _checks = new ArrivalChecks(instrument);
        _desk = desk;
        _resting = resting;
        _arrivals = arrivals;
        Held = new FifoRing<HeldRequest>(options.QueueCapacity);
    }

    /// <summary>Requests on their way.</summary>
    public FifoRing<HeldRequest> Held { get; }

    /// <summary>The latest arrival given, venue clock, ns.</summary>
    public long LastArrivalNs { get; set; } = long.MinValue;

    /// <summary>Sends a request: it arrives after the entry latency, never before an earlier one; or it is refused on the way.</summary>
    public void Send(in OrderRequest request)
    {
        long localNs = request.RequestNs + _options.ClockOffsetNs;
        long entryNs = _options.Latency.EntryNs(localNs);
        if (entryNs < 0)
        {
            _desk.RefuseOnTheWay(in request, request.RequestNs - entryNs, localNs - entryNs);
            return;
        }
        LastArrivalNs = Math.Max(LastArrivalNs, localNs + entryNs);
        Debug.Assert(Held.Count == 0 || Held[Held.Count - 1].ArrivalNs <= LastArrivalNs, "a later request never overtakes");
        Held.Push(new HeldRequest(request, LastArrivalNs));
    }

    /// <summary>Processes every request that arrived before a time.</summary>
    /// <param name="beforeNs">The time, venue clock.</param>
    /// <param name="earliestNs">No stamp is earlier: when the gate opened last.</param>
    /// <param name="book">The book as it stands.</param>
    /// <param name="sink">Takes executions.</param>
    public void Process<TSink>(long beforeNs, long earliestNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        while (Held.Count > 0 && Held[0].ArrivalNs < beforeNs)
        {
            HeldRequest held = Held.Pop();
            OrderRequest request = held.Request;
            long nowNs = Math.Max(held.ArrivalNs, earliestNs);
            switch (request.Action)
            {
                case RequestAction.Submit: Submit(in request, nowNs, in book, ref sink); break;
                case RequestAction.Cancel: Cancel(in request, nowNs); break;
                default: Modify(in request, nowNs, in book, ref sink); break;
            }
        }
    }

    private void Submit<TSink>(in OrderRequest request, long nowNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        PaperOrder order = PaperOrder.From(in request, nowNs);
        bool duplicate = _resting.Find(request.OrderId, out _) is not null;
        if (duplicate || (!_options.Compatible && !_checks.Accepts(in order, BestOpposite(order.Side, in book))))
            _desk.Tell(in order, ReportKind.Rejected, nowNs);
        else
            _arrivals.Enter(ref order, ReportKind.New, in book, ref sink);
    }

    private void Cancel(in OrderRequest request, long nowNs)
    {
        if (!TryFind(in request, out OwnOrders? side, out int index))
        {
            _desk.Refuse(in request, nowNs);
            return;
        }
        PaperOrder order = side.All[index];
        side.RemoveAt(index);
        _desk.Tell(in order, ReportKind.Canceled, nowNs);
    }

    private void Modify<TSink>(in OrderRequest request, long nowNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        if (!TryFind(in request, out OwnOrders? side, out int index))
        {
            _desk.Refuse(in request, nowNs);
            return;
        }
        ref PaperOrder resting = ref side.All[index];
        PaperOrder changed = resting;
        changed.Price = request.Price;
        // the library sets the rest to the new size; a venue's new size is the total, executed part kept
        changed.Total = _options.Compatible ? resting.Executed + request.Size : request.Size;
        if (changed.Left <= Size.Zero)
        {
            side.RemoveAt(index);
            changed.Total = changed.Executed;
            _desk.Tell(in changed, ReportKind.Canceled, nowNs);
        }
        else if (!_options.Compatible && !_checks.Accepts(in changed, opposite: null))
        {
            _desk.Refuse(in request, nowNs);
        }
        else if (changed.Price == resting.Price && changed.Left <= resting.Left)
        {
            resting.Total = changed.Total;
            _desk.Tell(in resting, ReportKind.Replaced, nowNs);
        }
        else
        {
            side.RemoveAt(index);
            changed.ArrivalNs = nowNs;
            _arrivals.Enter(ref changed, ReportKind.Replaced, in book, ref sink);
        }
    }

    private bool TryFind(in OrderRequest request, [NotNullWhen(true)] out OwnOrders? side, out int index)
    {
        side = _resting.Find(request.OrderId, out index);
        if (side is not null && side.All[index].Key != request.Key)
            side = null;
        return side is not null;
    }

    private static Price? BestOpposite(Side side, in TBook book)
    {
        Side opposite = side == Side.Bid ? Side.Ask : Side.Bid;
        return book.Has(opposite) ? book.Best(opposite) : null;
    }
}
