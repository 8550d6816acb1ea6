namespace Obs.Core.Trading;

/// <summary>What a predicted return must earn back before it is worth a trade.</summary>
internal enum CostModel : byte
{
    /// <summary>One taker fee (the original's rule).</summary>
    Fee = 0,

    /// <summary>The spread and two taker fees: the whole round trip.</summary>
    Full = 1,
}
