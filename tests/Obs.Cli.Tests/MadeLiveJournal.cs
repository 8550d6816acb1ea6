using System;
using System.IO;
using Obs.Cli.Runs;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Simulation;

namespace Obs.Cli.Tests;

/// <summary>The journal a live run would have written, made without waiting: settings, a timer at each 100 ms, the frames between them.</summary>
internal sealed class MadeLiveJournal : IDisposable
{
    private readonly JournalWriter _journal;
    private long _lastTick;

    private MadeLiveJournal(string data, RunSettings settings, long startNs)
    {
        string folder = Path.Combine(data, "journal");
        Directory.CreateDirectory(folder);
        _journal = JournalWriter.Open(new JournalOptions { Directory = folder, Durability = DurabilityPolicy.Relaxed });
        _journal.Append(RecordKind.ConfigurationChange, 0, startNs, new RecordingConfiguration { IsRecording = false, Venue = VenueId.Upbit }.ToPayload());
        _journal.Append(RecordKind.ConfigurationChange, 0, startNs, RecordedSettings.Of(settings, new KeptFiles(folder)).ToPayload());
        _lastTick = startNs / TimerSchedule.TickNs;
    }

    /// <summary>A generated Upbit market.</summary>
    /// <returns>Records written.</returns>
    public static long Generate(string data, RunSettings settings, double seconds, double framesPerSecond)
    {
        MarketGeneratorOptions options = new() { Seed = 5, FramesPerSecond = framesPerSecond, MovesPerSecond = 15 };
        MarketGenerator market = new(options with { EndNs = options.StartNs + (long)(seconds * 1e9) });
        using MadeLiveJournal made = new(data, settings, options.StartNs);
        while (market.Next(out long receiveNs, out ReadOnlySpan<byte> frame))
            made.Append(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, frame);
        return made._journal.PublishedSequence;
    }

    /// <summary>A recording that was imported before.</summary>
    /// <returns>Records written.</returns>
    public static long Copy(string data, RunSettings settings, string imported)
    {
        using JournalReader reader = new(imported);
        MadeLiveJournal? made = null;
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
        {
            if (header.Kind == RecordKind.ConfigurationChange)
                continue;
            made ??= new MadeLiveJournal(data, settings, header.ReceiveNs);
            made.Append(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload);
        }
        long records = made?._journal.PublishedSequence ?? 0;
        made?.Dispose();
        return records;
    }

    /// <inheritdoc/>
    public void Dispose() => _journal.Dispose();

    private void Append(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
    {
        for (long tick = receiveNs / TimerSchedule.TickNs; _lastTick < tick;)
            _journal.Append(RecordKind.Timer, 0, ++_lastTick * TimerSchedule.TickNs, default);
        _journal.Append(kind, (byte)venue, receiveNs, payload);
    }
}
