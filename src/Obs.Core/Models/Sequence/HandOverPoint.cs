namespace Obs.Core.Models.Sequence;

/// <summary>Places of the hand-over between engine and background thread where a test may delay a thread.</summary>
internal enum HandOverPoint
{
    /// <summary>Engine: the row's own product is done, the halves are looked at next.</summary>
    EngineLooks,

    /// <summary>Engine: the halves were not ready; it asks for the windows back.</summary>
    EngineWants,

    /// <summary>Engine: it has the windows and works on them.</summary>
    EngineOwns,

    /// <summary>Engine: the halves are ready, the window is finished next.</summary>
    EngineFinishes,

    /// <summary>Engine: the row is done, it is posted next.</summary>
    EnginePosts,

    /// <summary>Background: it has the windows.</summary>
    BackgroundOwns,

    /// <summary>Background: between two items.</summary>
    BackgroundBetweenItems,

    /// <summary>Background: the halves are ready, they are announced next.</summary>
    BackgroundAnnounces,

    /// <summary>Background: it gives the windows back next.</summary>
    BackgroundReleases,
}
