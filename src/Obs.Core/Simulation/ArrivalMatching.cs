using System.Diagnostics;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>What happens to an order when it arrives: it takes, rests, or ends (docs/concepts/paper-venue.md, "Orders when they arrive").</summary>
/// <remarks>Engine thread only, no allocation.</remarks>
/// <typeparam name="TBook">The book.</typeparam>
internal sealed class ArrivalMatching<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    private readonly Instrument _instrument;
    private readonly bool _compatible;
    private readonly bool _partial;
    private readonly QueueRules _rules;
    private readonly ExecutionDesk _desk;
    private readonly RestingOrders<TBook> _resting;
    private readonly TakenLiquidity _taken;

    /// <summary>Matching over the venue's shared parts.</summary>
    public ArrivalMatching(
        Instrument instrument, PaperVenueOptions options, QueueRules rules, ExecutionDesk desk, RestingOrders<TBook> resting, TakenLiquidity taken)
    {
        _instrument = instrument;
        _compatible = options.Compatible;
        _partial = options.Exchange == ExchangeModel.Partial;
        _rules = rules;
        _desk = desk;
        _resting = resting;
        _taken = taken;
    }

    /// <summary>Enters an order.</summary>
    /// <param name="order">The order, with its arrival.</param>
    /// <param name="restsAs">What the client is told if it rests: New, or Replaced after a change.</param>
    /// <param name="book">The book as it stands.</param>
    /// <param name="sink">Takes executions.</param>
    public void Enter<TSink>(ref PaperOrder order, ReportKind restsAs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        Side opposite = Opposite(order.Side);
        bool crosses = book.Has(opposite) && (order.Type == OrderType.Market || IsWithin(order.Side, book.Best(opposite), order.Price));
        if (crosses && order.TimeInForce != TimeInForce.Gtx)
            Take(ref order, restsAs, in book, ref sink);
        else if (!crosses && MayRest(in order))
            Rest(ref order, _rules.Behind(book.SizeAt(order.Side, order.Price)), restsAs, in book);
        else
            _desk.Tell(in order, ReportKind.Expired, order.ArrivalNs);
    }

    private void Take<TSink>(ref PaperOrder order, ReportKind restsAs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        Price bound = order.Type == OrderType.Market ? MarketBound(order.Side, book.Best(Opposite(order.Side))) : order.Price;
        bool restsInFull = _compatible && _partial && MayRest(in order);
        bool allOrNothing = _partial && order.Type == OrderType.Limit && order.TimeInForce == TimeInForce.Fok;
        OrderReport last = default;
        if (!allOrNothing || Covers(in order, bound, in book))
            last = Walk(ref order, bound, boundIncluded: !restsInFull || order.Side == Side.Ask, in book, ref sink);
        if (restsInFull && order.Left > Size.Zero)
            last = FillRestAtLimit(ref order, in book, ref sink);

        if (order.Left == Size.Zero)
        {
            // compatible: one report a request, with its last level; otherwise each level was told already
            if (_compatible)
                _desk.Reports.Send(in last);
        }
        else if (MayRest(in order))
        {
            Rest(ref order, default, restsAs, in book);
        }
        else
        {
            _desk.Tell(in order, ReportKind.Expired, order.ArrivalNs);
        }
    }

    private OrderReport Walk<TSink>(ref PaperOrder order, Price bound, bool boundIncluded, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        Side opposite = Opposite(order.Side);
        OrderReport last = default;
        Price level = book.Best(opposite);
        while (IsWithin(order.Side, level, bound) && (boundIncluded || level != bound))
        {
            Size shown = Untaken(in order, level, in book);
            if (shown > Size.Zero)
            {
                last = TakeAt(ref order, level, _partial ? PaperOrder.Least(shown, order.Left) : order.Left, shown, ref sink);
                if (order.Left == Size.Zero)
                    break;
            }
            if (!book.TryNextWorse(opposite, level, out level))
                break;
        }
        return last;
    }

    // the library fills what is left at the limit, whatever is shown there; a sell has already walked the limit itself
    private OrderReport FillRestAtLimit<TSink>(ref PaperOrder order, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        Size shown = order.Side == Side.Bid ? book.SizeAt(Side.Ask, order.Price) : Size.Zero;
        return TakeAt(ref order, order.Price, order.Left, shown, ref sink);
    }

    private OrderReport TakeAt<TSink>(ref PaperOrder order, Price level, Size size, Size shown, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        OrderReport report = _desk.Execute(ref order, new Fill(FillCause.Take, level, size, shown, Size.Zero, order.ArrivalNs), ref sink);
        if (!_compatible)
        {
            _taken.Add(order.Key.Account, Opposite(order.Side), level, PaperOrder.Least(size, shown));
            _desk.Reports.Send(in report);
        }
        return report;
    }

    private bool Covers(in PaperOrder order, Price bound, in TBook book)
    {
        Side opposite = Opposite(order.Side);
        Price level = book.Best(opposite);
        Size found = Size.Zero;
        while (IsWithin(order.Side, level, bound))
        {
            found += Untaken(in order, level, in book);
            if (found >= order.Left)
                return true;
            if (!book.TryNextWorse(opposite, level, out level))
                break;
        }
        return false;
    }

    private void Rest(ref PaperOrder order, QueuePosition queue, ReportKind restsAs, in TBook book)
    {
        Debug.Assert(order.Type == OrderType.Limit, "a market order never rests");
        if (_resting.Of(order.Side).IsFull)
        {
            _desk.Tell(in order, ReportKind.Rejected, order.ArrivalNs);
            return;
        }
        order.Queue = queue;
        _resting.Add(in order, in book);
        _desk.Tell(in order, restsAs, order.ArrivalNs);
    }

    private Size Untaken(in PaperOrder order, Price level, in TBook book)
    {
        Side opposite = Opposite(order.Side);
        Size shown = book.SizeAt(opposite, level);
        return _compatible ? shown : shown - _taken.At(order.Key.Account, opposite, level);
    }

    // at most 100 ticks from the best, as hftbacktest 2.4 walks; it counts them differently for the two sides
    private Price MarketBound(Side side, Price best)
    {
        long step = _instrument.Ticks.StepAt(best).Mantissa;
        return new Price(side == Side.Bid ? best.Mantissa + 99 * step : best.Mantissa - 100 * step);
    }

    private static bool MayRest(in PaperOrder order) =>
        order.Type == OrderType.Limit && order.TimeInForce is (TimeInForce.Gtc or TimeInForce.Gtx);

    private static bool IsWithin(Side taker, Price level, Price bound) => taker == Side.Bid ? level <= bound : level >= bound;

    private static Side Opposite(Side side) => side == Side.Bid ? Side.Ask : Side.Bid;
}
