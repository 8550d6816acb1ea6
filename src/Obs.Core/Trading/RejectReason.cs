namespace Obs.Core.Trading;

/// <summary>Why the risk stage refused an order. Numbers are shown to users and are on disk: they only grow.</summary>
internal enum RejectReason : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The kill switch is engaged.</summary>
    Killed = 1,

    /// <summary>The book is not Synced.</summary>
    BookNotSynced = 2,

    /// <summary>The client order id is not higher than every earlier one of the ledger.</summary>
    DuplicateOrderId = 3,

    /// <summary>The price is not a multiple of the tick at that price.</summary>
    OffTick = 4,

    /// <summary>The size is not a positive multiple of the lot.</summary>
    OffLot = 5,

    /// <summary>The order is worth less than the venue's minimum.</summary>
    BelowMinimumValue = 6,

    /// <summary>The order is worth more than the largest order allowed.</summary>
    AboveMaximumValue = 7,

    /// <summary>The price is further from the mid than the collar allows.</summary>
    OutsideCollar = 8,

    /// <summary>Too many orders in the last second.</summary>
    OrderRate = 9,

    /// <summary>Too many orders are open.</summary>
    OpenOrderLimit = 10,

    /// <summary>The position would pass its limit.</summary>
    PositionLimit = 11,

    /// <summary>Not enough free cash for the value and its fee.</summary>
    InsufficientCash = 12,

    /// <summary>Nothing to sell: on spot only what is held and not already offered can be sold.</summary>
    InsufficientInventory = 13,

    /// <summary>Today's loss reached its limit.</summary>
    DailyLossLimit = 14,

    /// <summary>The order would trade with one of our own.</summary>
    SelfTrade = 15,

    /// <summary>There is no book side to value a market order at.</summary>
    NoReferencePrice = 16,

    /// <summary>The venue refused it on arrival.</summary>
    VenueRefused = 17,
}
