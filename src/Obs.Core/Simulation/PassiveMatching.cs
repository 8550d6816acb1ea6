using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>What the market does to resting orders: depth moves their queues and crosses them, prints reach them (docs/concepts/paper-venue.md, "Resting orders").</summary>
/// <remarks>Engine thread only, no allocation. A passive fill is always at the order's own price.</remarks>
/// <typeparam name="TBook">The book.</typeparam>
internal sealed class PassiveMatching<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    private readonly bool _compatible;
    private readonly bool _partial;
    private readonly QueueRules _rules;
    private readonly ExecutionDesk _desk;
    private readonly RestingOrders<TBook> _resting;
    private readonly EvidenceBudget _budget;

    /// <summary>Matching over the venue's shared parts.</summary>
    public PassiveMatching(PaperVenueOptions options, QueueRules rules, ExecutionDesk desk, RestingOrders<TBook> resting)
    {
        _compatible = options.Compatible;
        _partial = options.Exchange == ExchangeModel.Partial;
        _rules = rules;
        _desk = desk;
        _resting = resting;
        _budget = new EvidenceBudget(options.MaxRestingPerSide);
    }

    /// <summary>A level was set: the queues at its price move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnDepth(Side side, Price price, Size previous, Size now)
    {
        foreach (ref PaperOrder order in _resting.Of(side).At(price))
            _rules.OnDepth(ref order.Queue, previous, now);
    }

    /// <summary>Fills every own order that the market's best of <paramref name="side"/> has reached, whole, at its own price.</summary>
    public void Cross<TSink>(Side side, long venueNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        OwnOrders own = _resting.Of(side == Side.Bid ? Side.Ask : Side.Bid);
        if (own.Count == 0 || !book.Has(side))
            return;
        Price best = book.Best(side);
        long key = PaperOrder.KeyOf(own.Side, best);
        if (own.BestKey > key)
            return;
        Size shown = book.SizeAt(side, best);
        int reached = own.CountThrough(key);
        _budget.Start(shown);
        foreach (ref PaperOrder order in own.All[..reached])
        {
            // the rule fills whole orders; what the level showed is evidence for one of them at a time
            Size evidence = _compatible ? shown : _budget.Of(order.Key.Account).Spend(order.Left);
            _desk.ExecuteAndTell(ref order, new Fill(FillCause.BestCrossed, order.Price, order.Left, evidence, Size.Zero, venueNs), ref sink);
        }
        own.RemoveCompleted(reached);
    }

    /// <summary>A print: orders at better prices are traded through, those at its price wait for their queue.</summary>
    public void OnPrint<TSink>(in MarketEvent trade, long venueNs, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        OwnOrders own = _resting.Of(trade.Aggressor == Side.Bid ? Side.Ask : Side.Bid);
        if (own.Count == 0)
            return;
        long key = PaperOrder.KeyOf(own.Side, trade.Price);
        if (own.BestKey > key)
            return;
        int reached = own.CountThrough(key);
        if (_compatible)
            PrintForEach(own.All[..reached], in trade, venueNs, ref sink);
        else
            PrintShared(own.All[..reached], in trade, venueNs, ref sink);
        own.RemoveCompleted(reached);
    }

    private void PrintForEach<TSink>(Span<PaperOrder> orders, in MarketEvent trade, long venueNs, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        foreach (ref PaperOrder order in orders)
        {
            if (order.Price != trade.Price)
            {
                Execute(ref order, FillCause.TradedThrough, order.Left, trade.Size, in trade, venueNs, ref sink);
                continue;
            }
            _rules.OnPrint(ref order.Queue, trade.Size, trade.Size);
            Size executable = _rules.TakeExecutable(ref order.Queue);
            if (executable > Size.Zero)
                Execute(ref order, FillCause.Queue, _partial ? PaperOrder.Least(executable, order.Left) : order.Left, executable, in trade, venueNs, ref sink);
        }
    }

    private void PrintShared<TSink>(Span<PaperOrder> orders, in MarketEvent trade, long venueNs, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        _budget.Start(trade.Size);
        foreach (ref PaperOrder order in orders)
        {
            ref EvidenceBudget.Share share = ref _budget.Of(order.Key.Account);
            bool through = order.Price != trade.Price;
            Size executable;
            if (through)
            {
                // the market's orders ahead are gone: nobody trades past them
                order.Queue = default;
                executable = share.Left;
            }
            else
            {
                _rules.OnPrint(ref order.Queue, share.Left, trade.Size);
                executable = PaperOrder.Least(_rules.TakeExecutable(ref order.Queue), share.Left);
            }
            if (executable > Size.Zero && !share.Blocked)
            {
                Size size = _partial ? PaperOrder.Least(executable, order.Left) : order.Left;
                _ = share.Spend(size);
                Execute(ref order, through ? FillCause.TradedThrough : FillCause.Queue, size, executable, in trade, venueNs, ref sink);
            }
            share.Blocked |= order.Left > Size.Zero;
        }
    }

    private void Execute<TSink>(
        ref PaperOrder order, FillCause cause, Size size, Size shown, in MarketEvent trade, long venueNs, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        Debug.Assert(size <= order.Left, "a print never fills more than the order");
        _desk.ExecuteAndTell(ref order, new Fill(cause, order.Price, size, shown, trade.Size, venueNs), ref sink);
    }
}
