using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>The configuration record an imported journal starts with: what it is, and the markets its events refer to by index.</summary>
/// <remarks>UTF-8 JSON. It comes again, longer, when a later event brings a market that was not listed; indices never change.</remarks>
internal sealed record RecordingConfiguration
{
    /// <summary>Version written by this code, and the newest it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of this layout.</summary>
    public int FormatVersion { get; init; } = CurrentVersion;

    /// <summary>True for a recording (no timers inside, replay inserts them), false for what a live engine wrote.</summary>
    public required bool IsRecording { get; init; }

    /// <summary>Venue of the frames.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>Market of frames that name none (Binance REST snapshots); null when not given.</summary>
    public string? Symbol { get; init; }

    /// <summary>Names of the imported files, without their folders.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Markets of decoded events by index; empty for raw frames, whose decoders find theirs.</summary>
    public IReadOnlyList<InstrumentDescription> Instruments { get; init; } = [];

    /// <summary>The record's payload.</summary>
    public byte[] ToPayload() => RecordingConfigurationJson.Write(this);

    /// <summary>Reads a payload; false, with the reason, when it is not a configuration of a recording that this code understands.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out RecordingConfiguration? configuration, [NotNullWhen(false)] out string? problem)
    {
        configuration = null;
        try
        {
            RecordingConfiguration read = RecordingConfigurationJson.Read(payload);
            problem = read.Problem();
            configuration = problem is null ? read : null;
        }
        catch (JsonException malformed)
        {
            problem = $"not a recording's configuration: {malformed.Message}";
        }
        catch (FormatException otherwise)
        {
            problem = $"not a recording's configuration: {otherwise.Message}";
        }
        catch (InvalidOperationException otherType)
        {
            problem = $"not a recording's configuration: {otherType.Message}";
        }
        return configuration is not null;
    }

    /// <summary>Adds the markets that the registry lacks, in their order.</summary>
    /// <exception cref="InvalidOperationException">The registry holds other markets under these indices.</exception>
    public void Register(InstrumentRegistry registry)
    {
        foreach (InstrumentDescription description in Instruments)
        {
            if (description.Index >= registry.Count)
                registry.Add(description.ToInstrument());
            else if (registry[description.Index].Symbol != description.Symbol || registry[description.Index].Venue != description.Venue)
                ImportThrow.OtherMarket(description.Index, registry[description.Index].Symbol, description.Symbol);
        }
    }

    private string? Problem()
    {
        if (FormatVersion is < 1 or > CurrentVersion)
            return $"format version {FormatVersion}; this program reads up to {CurrentVersion}";
        HashSet<(VenueId, string)> listed = [];
        for (int index = 0; index < Instruments.Count; index++)
        {
            if (!listed.Add((Instruments[index].Venue, Instruments[index].Symbol)))
                return $"instrument {Instruments[index].Symbol} is listed twice";
            if (Instruments[index].Index != index)
                return $"instrument {Instruments[index].Symbol} has index {Instruments[index].Index} at place {index}";
            if (Instruments[index].Problem() is { } problem)
                return problem;
        }
        return null;
    }
}
