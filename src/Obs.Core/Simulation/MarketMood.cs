using System;
using System.Diagnostics;

namespace Obs.Core.Simulation;

/// <summary>The hidden state behind a generated market: who presses, how busy it is, and how much trades excite each other.</summary>
/// <remarks>Pressure and activity are Ornstein–Uhlenbeck processes (stationary, mean-reverting), trade arrivals a Hawkes process with exponential
/// kernel and branching ratio 1/2 (bursts). One thread, no allocation.</remarks>
internal struct MarketMood
{
    private const double PressureReversion = 0.25;
    private const double ActivityReversion = 0.02;
    private const double ActivitySpread = 0.6;
    private const double ExcitationDecay = 2;
    private const double Branching = 0.5;

    private double _logActivity;
    private double _excitation;

    /// <summary>Buying (above 0) or selling pressure, spread 1, forgotten in about 4 s. It shows in the best sizes first, in the price later.</summary>
    public double Pressure { get; private set; }

    /// <summary>How busy the market is, around 1: quiet and busy minutes.</summary>
    public double Activity { get; private set; }

    /// <summary>Trades a second that earlier trades bring along.</summary>
    public readonly double Excitation => _excitation;

    /// <summary>The mood at the start: as if the market had been open for long.</summary>
    /// <param name="excitation">Trades a second that earlier trades bring along on average.</param>
    /// <param name="draws">The market's draws.</param>
    public static MarketMood Start(double excitation, ref SeededDraws draws)
    {
        MarketMood mood = new() { Pressure = draws.NextNormal(), _logActivity = ActivitySpread * draws.NextNormal(), _excitation = excitation };
        mood.Activity = mood.ActivityNow();
        return mood;
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(double seconds, ref SeededDraws draws)
    {
        Debug.Assert(seconds >= 0, "time goes forward");
        Pressure = Revert(Pressure, PressureReversion, 1, seconds, ref draws);
        _logActivity = Revert(_logActivity, ActivityReversion, ActivitySpread, seconds, ref draws);
        Activity = ActivityNow();
        _excitation *= PortableMath.Exp(-ExcitationDecay * seconds);
    }

    /// <summary>A trade happened: others follow.</summary>
    public void Excite() => _excitation += ExcitationDecay * Branching;

    /// <summary>Probability of "up" or "buy" under this pressure.</summary>
    /// <param name="strength">How much it listens to the pressure.</param>
    /// <param name="bias">Added to it.</param>
    public readonly double UpProbability(double strength, double bias = 0) => 1 / (1 + PortableMath.Exp(-(strength * Pressure + bias)));

    // exp(spread² / 2) is the mean of exp(logActivity): divided by it, activity is 1 on average
    private readonly double ActivityNow() => PortableMath.Exp(_logActivity - ActivitySpread * ActivitySpread / 2);

    private static double Revert(double value, double rate, double spread, double seconds, ref SeededDraws draws)
    {
        double kept = PortableMath.Exp(-rate * seconds);
        return value * kept + spread * Math.Sqrt(1 - kept * kept) * draws.NextNormal();
    }
}
