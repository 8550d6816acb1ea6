using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Cache;

namespace Obs.Core.Engine;

/// <summary>Decodes every record of a journal once and keeps the result beside it, for backtests that go through the same journal again and again.</summary>
/// <remarks>Refused frames and records of other kinds are kept too, so that sequences, counts and state hash are those of the journal itself.</remarks>
internal static class DecodedCacheBuilder
{
    /// <summary>Name of the cache in the journal's folder.</summary>
    public const string FileName = "decoded.obsc";

    /// <summary>Where the cache of a journal lies.</summary>
    public static string PathOf(string folder) => Path.Combine(folder, FileName);

    /// <summary>Stamp of a journal's segments as they are now; reads all of them.</summary>
    public static SourceStamp StampOf(string folder) =>
        SourceStamp.Of(SegmentCatalog.List(folder, LogFormat.Journal).Select(static segment => segment.Path));

    /// <summary>Writes the cache of a journal that no writer is at work on.</summary>
    /// <param name="folder">The journal.</param>
    /// <param name="catalog">Describes the markets met.</param>
    /// <param name="configuration">What the journal says about itself, or null.</param>
    /// <param name="defaultSymbol">Market of frames that name none, or null.</param>
    /// <returns>Frames decoded; refused ones are not counted.</returns>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public static long Write(string folder, InstrumentCatalog catalog, RecordingConfiguration? configuration, string? defaultSymbol)
    {
        InstrumentRegistry registry = new(catalog);
        RecordDecoder decoder = new(registry);
        if (configuration is not null && defaultSymbol is not null && registry.TryFind(configuration.Venue, Encoding.UTF8.GetBytes(defaultSymbol), out ushort index))
            decoder.SetDefaultMarket(configuration.Venue, index);
        using JournalReader reader = new(folder);
        using DecodedCacheWriter writer = new(PathOf(folder));
        long frames = 0;
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
        {
            if (header.Kind is RecordKind.VenueFrame or RecordKind.RestAnswer)
                frames += AddFrame(writer, decoder, header, payload);
            else
                AddOther(writer, registry, header, payload);
        }
        RecordingConfiguration described = configuration ?? new RecordingConfiguration { IsRecording = false, Venue = VenueId.None };
        writer.Complete(StampOf(folder), described with
        {
            Symbol = defaultSymbol,
            Instruments = [.. Enumerable.Range(0, registry.Count).Select(market => InstrumentDescription.Of(registry[market], market))],
        });
        return frames;
    }

    private static int AddFrame(DecodedCacheWriter writer, RecordDecoder decoder, in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        MarketEvent e = default;
        DecodeStatus status = decoder.Decode((VenueId)header.Source, payload, ref e, out ReadOnlySpan<BookLevel> levels);
        if (status != DecodeStatus.Ok)
        {
            e = default;
            levels = default;
        }
        (e.Sequence, e.ReceiveNs) = (header.Sequence, header.ReceiveNs);
        Debug.Assert(levels.Length == e.BidCount + e.AskCount, "the levels of the event and no more");
        writer.AddFrame(header.Kind, (VenueId)header.Source, status, e, levels);
        return status == DecodeStatus.Ok ? 1 : 0;
    }

    private static void AddOther(DecodedCacheWriter writer, InstrumentRegistry registry, in RecordHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Kind == RecordKind.ConfigurationChange && RecordingConfiguration.TryRead(payload, out RecordingConfiguration? markets, out _))
            markets.Register(registry);
        writer.AddOther(header.Kind, (VenueId)header.Source, header.Sequence, header.ReceiveNs, payload);
    }
}
