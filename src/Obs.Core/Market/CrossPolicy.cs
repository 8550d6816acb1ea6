namespace Obs.Core.Market;

/// <summary>What a book does when an update puts the best bid at or above the best ask.</summary>
internal enum CrossPolicy : byte
{
    /// <summary>Nothing: both sides show their true best and the book is seen to be crossed. The product's choice.</summary>
    Keep = 0,

    /// <summary>The other side's best moves away past the update; overrun levels stay until the venue updates them (hftbacktest's rule).
    /// The book is never crossed, and stale levels can come back. Only for runs that must agree with the reference library.</summary>
    MoveOpposite = 1,
}
