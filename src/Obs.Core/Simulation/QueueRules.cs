using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>How the queue ahead of an order moves: insertion, prints, depth updates (after hftbacktest 2.4, backtest/models/queue.rs).</summary>
/// <remarks>Immutable; no allocation. Probability models keep doubles in base units and evaluate in exactly the order written here, without fused
/// multiply-add: kept in lots, ties at half a lot come out differently.</remarks>
internal sealed class QueueRules
{
    private readonly Instrument _instrument;
    private readonly QueueModel _model;
    private readonly double _power;
    private readonly long _lot;
    private readonly double _lotSize;

    /// <summary>Rules of one instrument.</summary>
    public QueueRules(Instrument instrument, QueueModel model, double power)
    {
        Debug.Assert(instrument.Lot.Mantissa > 0, "an instrument has a lot");
        _instrument = instrument;
        _model = model;
        _power = power;
        _lot = instrument.Lot.Mantissa;
        _lotSize = instrument.ToDouble(instrument.Lot);
    }

    /// <summary>A new order stands behind everything shown at its price.</summary>
    public QueuePosition Behind(Size shown) =>
        _model == QueueModel.RiskAdverse
            ? new QueuePosition { FrontUnits = shown.Mantissa }
            : new QueuePosition { Front = _instrument.ToDouble(shown) };

    /// <summary>A print at the order's price.</summary>
    /// <param name="queue">The order's queue.</param>
    /// <param name="available">What of the print could reach the market's orders ahead (in compatible mode all of it).</param>
    /// <param name="print">The whole print, which the level's next depth update will show.</param>
    public void OnPrint(ref QueuePosition queue, Size available, Size print)
    {
        Debug.Assert(available <= print, "own orders cannot add to a print");
        if (_model == QueueModel.RiskAdverse)
        {
            queue.FrontUnits -= available.Mantissa;
            return;
        }
        queue.Front -= _instrument.ToDouble(available);
        queue.TradedSince += _instrument.ToDouble(print);
    }

    /// <summary>What is executable now: a front of −k lots, rounded half away from zero, gives k lots and becomes 0.</summary>
    public Size TakeExecutable(ref QueuePosition queue)
    {
        if (_model == QueueModel.RiskAdverse)
        {
            if (queue.FrontUnits >= 0)
                return Size.Zero;
            long units = -queue.FrontUnits;
            long wholeLots = units / _lot + (units % _lot >= _lot - units % _lot ? 1 : 0);
            if (wholeLots <= 0)
                return Size.Zero;
            queue.FrontUnits = 0;
            return new Size(wholeLots * _lot);
        }
        double lots = Math.Round(-queue.Front / _lotSize, MidpointRounding.AwayFromZero);
        if (!(lots > 0))
            return Size.Zero;
        queue.Front = 0;
        return new Size((long)lots * _lot);
    }

    /// <summary>A depth update of the order's level, also an unchanged one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnDepth(ref QueuePosition queue, Size previous, Size now)
    {
        if (_model == QueueModel.RiskAdverse)
            queue.FrontUnits = Math.Min(queue.FrontUnits, now.Mantissa);
        else
            EstimateFront(ref queue, previous, now);
    }

    /// <summary>After a gap nothing is known but the level: the front is at most what is shown now.</summary>
    public void OnResync(ref QueuePosition queue, Size now)
    {
        if (_model == QueueModel.RiskAdverse)
        {
            queue.FrontUnits = Math.Min(queue.FrontUnits, now.Mantissa);
            return;
        }
        queue.Front = Least(queue.Front, _instrument.ToDouble(now));
        queue.TradedSince = 0;
    }

    /// <summary>Takes over a place that another model kept (<c>--queue</c> changed while the order rests): as much stands ahead as before, in this model's
    /// numbers. A place of this model's own stays as it is.</summary>
    public void Adopt(ref QueuePosition queue)
    {
        if (_model == QueueModel.RiskAdverse)
            queue = new QueuePosition { FrontUnits = queue.FrontUnits + UnitsOf(queue.Front) };
        else if (queue.FrontUnits != 0)
            queue = new QueuePosition { Front = queue.Front + _instrument.ToDouble(new Size(queue.FrontUnits)) };
        Debug.Assert(queue.FrontUnits == 0 || (queue.Front == 0 && queue.TradedSince == 0), "a place is kept in one model's numbers");
    }

    // to the nearest unit; a level near the end of the range may be above it as a double
    private long UnitsOf(double front) =>
        Math.Max(-long.MaxValue, unchecked((long)Math.Round(front * PowersOfTen.AsDouble[_instrument.SizeDecimals], MidpointRounding.AwayFromZero)));

    private void EstimateFront(ref QueuePosition queue, Size previous, Size now)
    {
        double shown = _instrument.ToDouble(now);
        double before = _instrument.ToDouble(previous);
        double decrease = before - shown - queue.TradedSince;
        queue.TradedSince = 0;
        queue.Front = decrease < 0 ? Least(queue.Front, shown) : Least(Estimate(queue.Front, before, decrease), shown);
    }

    private double Estimate(double front, double before, double decrease)
    {
        double back = before - front;
        double behind = ShareBehind(front, back);
        if (double.IsInfinity(behind))
            behind = 1;
        return front - (1 - behind) * decrease + Least(back - behind * decrease, 0);
    }

    private double ShareBehind(double front, double back)
    {
        switch (_model)
        {
            case QueueModel.PowerProb1:
                double backPower = PortableMath.Power(back, _power);
                return backPower / (backPower + PortableMath.Power(front, _power));
            case QueueModel.PowerProb2:
                return PortableMath.Power(back, _power) / PortableMath.Power(back + front, _power);
            case QueueModel.PowerProb3:
                return 1 - PortableMath.Power(front / (front + back), _power);
            case QueueModel.LogProb1:
                double backLog = PortableMath.Log(1 + back);
                return backLog / (backLog + PortableMath.Log(1 + front));
            default:
                Debug.Assert(_model == QueueModel.LogProb2, "every model has a formula");
                return PortableMath.Log(1 + back) / PortableMath.Log(1 + back + front);
        }
    }

    // the smaller one; a NaN gives way to the other (hftbacktest: a NaN estimate becomes the level)
    private static double Least(double left, double right) => left < right || double.IsNaN(right) ? left : right;
}
