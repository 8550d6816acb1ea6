using System;
using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>Cash, position, cost and profit of one account in one market and mode.</summary>
/// <remarks>Engine thread only; no allocation after construction. Average cost: a reduction realises price × size minus its share of the cost
/// (rounded half away from zero); fees are kept apart. Everything is booked when the report is delivered, not when the venue matched.</remarks>
internal sealed class Ledger
{
    private readonly MoneyScale _scale;
    private readonly FeeSchedule _fees;
    private readonly bool _exactFees;
    private readonly bool _isShortAllowed;
    private Money _settled; // realised profit less cost and fees: all of the net profit but the position's value

    /// <summary>A ledger with starting cash.</summary>
    /// <param name="key">Whose ledger it is.</param>
    /// <param name="instrument">Its market.</param>
    /// <param name="cash">Starting cash in quote currency.</param>
    /// <param name="fees">Rates.</param>
    /// <param name="openOrderCapacity">Most open orders it can hold.</param>
    /// <param name="exactFees">True keeps fees to the unit instead of cutting them to the venue's fee step (library-compatible runs).</param>
    public Ledger(OrderKey key, Instrument instrument, decimal cash, FeeSchedule fees, int openOrderCapacity, bool exactFees = false)
    {
        Key = key;
        _scale = new MoneyScale(instrument);
        _fees = fees;
        _exactFees = exactFees;
        _isShortAllowed = instrument.ShortAllowed;
        Cash = _scale.FromDecimal(cash);
        Open = new OpenOrders(openOrderCapacity);
        SurelyCovered = CoveredBound();
    }

    /// <summary>Whose ledger it is.</summary>
    public OrderKey Key { get; }

    /// <summary>Scale of its money.</summary>
    public MoneyScale Scale => _scale;

    /// <summary>Its fee rates.</summary>
    public FeeSchedule Fees => _fees;

    /// <summary>Orders that still count as exposure.</summary>
    public OpenOrders Open { get; }

    /// <summary>Cash, fees already taken; may be below zero on futures, where it is a balance.</summary>
    public Money Cash { get; private set; }

    /// <summary>Position: above zero long, below zero short.</summary>
    public long PositionMantissa { get; private set; }

    /// <summary>What the open position cost (long) or brought in (short, negative), without fees.</summary>
    public Money Cost { get; private set; }

    /// <summary>Profit of what was closed, without fees.</summary>
    public Money RealizedPnl { get; private set; }

    /// <summary>Fees paid.</summary>
    public Money FeesPaid { get; private set; }

    /// <summary>Executions booked.</summary>
    public long Fills { get; private set; }

    /// <summary>The ledger's figures as values.</summary>
    public LedgerView View => new(_scale, PositionMantissa, Cash, Cost, RealizedPnl, FeesPaid);

    /// <summary>Open value, in units of <see cref="Instrument.Notional"/>, that the funds cover for certain with its taker fee; −1 when nothing is certain.</summary>
    /// <remarks>A billionth of the funds below the exact bound, so the risk stage needs the exact fee (a 128-bit division) only near the edge.</remarks>
    public Int128 SurelyCovered { get; private set; }

    /// <summary>True when the funds cover a value still to be opened and its taker fee: on spot cash; on futures, without leverage, the equity at
    /// cost must be worth everything that is open or could be.</summary>
    /// <param name="openNotional">Value of all open orders and the new one, in units of <see cref="Instrument.Notional"/>.</param>
    /// <param name="closingMantissa">Part of the position that the new order closes first: its cost needs no cover any more.</param>
    public bool Covers(Int128 openNotional, long closingMantissa = 0)
    {
        Debug.Assert(openNotional >= 0, "a value to be opened is not negative");
        Debug.Assert(closingMantissa >= 0 && closingMantissa <= Math.Abs(PositionMantissa), "an order closes at most the position");
        if (openNotional <= SurelyCovered)
            return true;
        Money funds = _isShortAllowed ? Cash + Cost : Cash;
        // what is worth more than the funds without a fee needs no exact value, which could pass 128 bits
        if (funds < Money.Zero || openNotional > _scale.NotionalAtMost(funds))
            return _fees.TakerRate < 0 && CoversExactly(funds, openNotional, closingMantissa);
        return CoversExactly(funds, openNotional, closingMantissa);
    }

    /// <summary>Books one execution and returns its fee.</summary>
    public Money Book(Side side, Price price, Size size, Liquidity liquidity)
    {
        Debug.Assert(size > Size.Zero && price.Mantissa > 0, "an execution has a price and a size");
        Money notional = _scale.Notional(price, size);
        Money fee = FeeOf(notional, liquidity);
        long signed = side == Side.Bid ? size.Mantissa : -size.Mantissa;
        long closing = Math.Sign(PositionMantissa) == -Math.Sign(signed) ? Math.Min(Math.Abs(PositionMantissa), size.Mantissa) : 0;
        if (closing > 0)
            Close(side, price, closing);
        long opening = size.Mantissa - closing;
        if (opening > 0)
        {
            Money opened = _scale.Notional(price, new Size(opening));
            Cost += side == Side.Bid ? opened : -opened;
            PositionMantissa += side == Side.Bid ? opening : -opening;
        }
        Cash += side == Side.Bid ? -notional - fee : notional - fee;
        FeesPaid += fee;
        Fills++;
        Settle();
        Debug.Assert(PositionMantissa != 0 || Cost == Money.Zero, "a closed position has no cost left");
        return fee;
    }

    /// <summary>Moves cash in, or out when below zero: another starting sum from here on.</summary>
    public void Deposit(decimal amount)
    {
        Cash += _scale.FromDecimal(amount);
        Settle();
    }

    /// <summary>The fee of a value: cut to the venue's fee step, or exact in library-compatible runs.</summary>
    public Money FeeOf(Money notional, Liquidity liquidity)
    {
        long rate = _fees.RateOf(liquidity);
        return _exactFees ? MoneyScale.ExactFee(notional, rate) : _scale.Fee(notional, rate);
    }

    /// <summary>Profit of the open position if it were closed at a price given in half units of the price mantissa (bid + ask), without fees.</summary>
    public Money UnrealizedPnl(long bidPlusAsk) => _scale.NotionalAtMid(bidPlusAsk, PositionMantissa) - Cost;

    /// <summary>Realised and unrealised profit less fees.</summary>
    public Money NetProfit(long bidPlusAsk) => PositionMantissa == 0 ? _settled : _settled + _scale.NotionalAtMid(bidPlusAsk, PositionMantissa);

    /// <summary>Contribution to the engine's state hash: every field of a snapshot.</summary>
    public ulong StateHash
    {
        get
        {
            unchecked
            {
                ulong hash = Mix(0x0B5UL, (ulong)PositionMantissa);
                foreach (Money money in (ReadOnlySpan<Money>)[Cash, Cost, RealizedPnl, FeesPaid])
                    hash = Mix(Mix(hash, (ulong)money.Units), (ulong)(money.Units >> 64));
                foreach (ref readonly OpenOrder order in Open.All)
                {
                    hash = Mix(Mix(hash, (ulong)order.OrderId), (ulong)order.Price.Mantissa);
                    hash = Mix(hash, (ulong)order.Left.Mantissa ^ ((ulong)order.State << 56) ^ ((ulong)order.Side << 48));
                }
                return Mix(hash, (ulong)Fills);
            }
        }
    }

    /// <summary>Writes the ledger into a snapshot.</summary>
    public void Save(SnapshotWriter writer)
    {
        foreach (Money money in (ReadOnlySpan<Money>)[Cash, Cost, RealizedPnl, FeesPaid])
            writer.WriteInt128(money.Units);
        writer.WriteInt64(PositionMantissa);
        writer.WriteInt64(Fills);
        Open.Save(writer);
    }

    /// <summary>Takes the figures of a snapshot.</summary>
    public void Load(SnapshotReader reader)
    {
        Cash = new Money(reader.ReadInt128());
        Cost = new Money(reader.ReadInt128());
        RealizedPnl = new Money(reader.ReadInt128());
        FeesPaid = new Money(reader.ReadInt128());
        PositionMantissa = reader.ReadInt64();
        Fills = reader.ReadInt64();
        Open.Load(reader);
        Settle();
        Debug.Assert(PositionMantissa != 0 || Cost == Money.Zero, "a closed position has no cost left");
    }

    private void Settle()
    {
        _settled = RealizedPnl - Cost - FeesPaid;
        SurelyCovered = CoveredBound();
    }

    private bool CoversExactly(Money funds, Int128 openNotional, long closingMantissa)
    {
        Money value = _scale.ValueOf(openNotional);
        if (_isShortAllowed)
            value += CostLeft(closingMantissa);
        return value + MoneyScale.ExactFee(value, _fees.TakerRate) <= funds;
    }

    private Money CostLeft(long closingMantissa)
    {
        Money cost = new(Int128.Abs(Cost.Units));
        return closingMantissa == 0 ? cost : cost - MoneyScale.Share(cost, closingMantissa, Math.Abs(PositionMantissa));
    }

    // doubles are right to 10^-15; 10^-9 of the funds is kept back for them, and one unit for the cut
    private Int128 CoveredBound()
    {
        double funds = (double)Cash.Units + (_isShortAllowed ? (double)Cost.Units : 0);
        double held = _isShortAllowed ? Math.Abs((double)Cost.Units) : 0;
        double valueShare = 1 / (1 + (Math.Max(0, _fees.TakerRate) / (double)MoneyScale.RateUnit));
        double bound = (((funds * valueShare * (1 - 1e-9)) - held) / _scale.UnitsPerNotional) - 1;
        return bound >= 1 && bound < 1e37 ? (Int128)bound : Int128.NegativeOne;
    }

    private static ulong Mix(ulong hash, ulong value) => BookHash.Mix(hash ^ value);

    private void Close(Side side, Price price, long closing)
    {
        long held = Math.Abs(PositionMantissa);
        Money share = MoneyScale.Share(Cost, closing, held);
        Money value = _scale.Notional(price, new Size(closing));
        // long: sold for value what cost share; short: share is what it brought in (negative), bought back for value
        RealizedPnl += side == Side.Ask ? value - share : -share - value;
        Cost -= share;
        PositionMantissa += side == Side.Bid ? closing : -closing;
    }
}
