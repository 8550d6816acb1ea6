namespace Obs.Core.Simulation;

/// <summary>The market that <c>obs up</c> shows and the demonstration model was trained on, and the bound it trades at.</summary>
/// <remarks>Livelier than a real market, so that a minute shows something: 50 frames a second fill a window of 30 rows and 30 trades within a few
/// seconds, and 9 moves a second spread returns of 5 s over a few basis points. Change these and the model has to be trained again (models/README.md).</remarks>
internal static class Demonstration
{
    /// <summary>Mean frames a second; a quarter of them are trades.</summary>
    public const double FramesPerSecond = 50;

    /// <summary>How often quotes give way by a tick, a second.</summary>
    public const double MovesPerSecond = 9;

    /// <summary>Threshold of the strategy, as a fraction.</summary>
    public const double Threshold = 0.0001;
}
