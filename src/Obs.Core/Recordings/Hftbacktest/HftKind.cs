namespace Obs.Core.Recordings.Hftbacktest;

/// <summary>Kinds of hftbacktest rows (low 8 bits of <c>ev</c>); 100 and above are free for converters.</summary>
internal enum HftKind : byte
{
    /// <summary>No row.</summary>
    None = 0,

    /// <summary>Absolute size at a price.</summary>
    Depth = 1,

    /// <summary>A trade.</summary>
    Trade = 2,

    /// <summary>Clears a side from its best through a price, inclusive.</summary>
    DepthClear = 3,

    /// <summary>A level of a snapshot.</summary>
    DepthSnapshot = 4,

    /// <summary>Best level only.</summary>
    DepthBestOnly = 5,

    /// <summary>Market by order: a new order.</summary>
    AddOrder = 10,

    /// <summary>Market by order: gone.</summary>
    CancelOrder = 11,

    /// <summary>Market by order: changed.</summary>
    ModifyOrder = 12,

    /// <summary>Market by order: filled.</summary>
    Fill = 13,
}
