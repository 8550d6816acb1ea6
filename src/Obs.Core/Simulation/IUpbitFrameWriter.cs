using System;

namespace Obs.Core.Simulation;

/// <summary>Writes Upbit frames in one of the two formats. The spans are valid until the next call.</summary>
internal interface IUpbitFrameWriter
{
    /// <summary>A book.</summary>
    /// <param name="book">Its levels.</param>
    /// <param name="venueMs">Its time.</param>
    /// <param name="first">True for the answer to the subscription.</param>
    ReadOnlySpan<byte> Book(GeneratedBook book, long venueMs, bool first);

    /// <summary>A trade, with the best levels of the book at that moment.</summary>
    ReadOnlySpan<byte> Trade(in GeneratedTrade trade, GeneratedBook book);

    /// <summary>A ticker after a trade.</summary>
    ReadOnlySpan<byte> Ticker(in GeneratedTrade last, long venueMs);
}
