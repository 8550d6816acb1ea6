namespace Obs.Core.Trading;

/// <summary>How long an order may rest. Numbers are on disk: they only grow.</summary>
internal enum TimeInForce : byte
{
    /// <summary>Good till cancelled.</summary>
    Gtc = 0,

    /// <summary>Post-only: expires instead of taking.</summary>
    Gtx = 1,

    /// <summary>Immediate or cancel: takes what is there, the rest expires.</summary>
    Ioc = 2,

    /// <summary>Fill or kill: all at once, or nothing.</summary>
    Fok = 3,
}
