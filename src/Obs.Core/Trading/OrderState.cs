namespace Obs.Core.Trading;

/// <summary>Where an order stands, as the client knows it. Numbers are on disk: they only grow.</summary>
internal enum OrderState : byte
{
    /// <summary>Passed the risk check, on its way; nothing heard yet.</summary>
    Accepted = 0,

    /// <summary>Rests in the book.</summary>
    Open = 1,

    /// <summary>Partly filled, the rest works.</summary>
    Partial = 2,

    /// <summary>Filled.</summary>
    Filled = 3,

    /// <summary>A cancel is on its way; still counts as exposure.</summary>
    CancelPending = 4,

    /// <summary>A change is on its way; the larger of old and new counts as exposure.</summary>
    ReplacePending = 5,

    /// <summary>Taken out on request.</summary>
    Cancelled = 6,

    /// <summary>Ended by its own terms.</summary>
    Expired = 7,

    /// <summary>Refused by our risk check or by the venue.</summary>
    Rejected = 8,

    /// <summary>Sent live, no answer known; counts as exposure.</summary>
    Uncertain = 9,

    /// <summary>The venue says it never had it.</summary>
    Absent = 10,

    /// <summary>Stopped at the kill gate, never left the house.</summary>
    NotSent = 11,
}
