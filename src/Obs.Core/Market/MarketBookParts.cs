namespace Obs.Core.Market;

/// <summary>The parts of a <see cref="MarketBook{TBook}"/> that keep state besides the levels, in the order they are saved.</summary>
internal readonly record struct MarketBookParts(IVenueSync Sync, UnsequencedSync Unsequenced, KeptDiffs Kept, BookQualityTracker Quality, TradeTape Tape);
