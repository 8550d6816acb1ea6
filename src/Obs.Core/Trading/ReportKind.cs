namespace Obs.Core.Trading;

/// <summary>What a venue says about an order. Numbers are on disk: they only grow.</summary>
internal enum ReportKind : byte
{
    /// <summary>Rests in the book.</summary>
    New = 0,

    /// <summary>Ended without being (fully) filled, by its own terms.</summary>
    Expired = 1,

    /// <summary>Something was executed, something is left.</summary>
    PartiallyFilled = 2,

    /// <summary>Nothing is left.</summary>
    Filled = 3,

    /// <summary>Taken out on request.</summary>
    Canceled = 4,

    /// <summary>The order to cancel is finished or unknown; changes no money.</summary>
    CancelRejected = 5,

    /// <summary>The order to change is finished or unknown; changes no money.</summary>
    ModifyRejected = 6,

    /// <summary>Price or size was changed, the order rests.</summary>
    Replaced = 7,

    /// <summary>Refused on arrival (off tick, below the minimum, unknown type).</summary>
    Rejected = 8,
}
