namespace Obs.Bench.Suites.Outputs;

/// <summary>Where outputs go.</summary>
internal enum OutputMode
{
    /// <summary>Nowhere: nobody wants them.</summary>
    None,

    /// <summary>Into the log, on the engine's thread between two frames (layout fused).</summary>
    EngineThread,

    /// <summary>Into the log, on a thread of their own (layout split).</summary>
    OwnThread,
}
