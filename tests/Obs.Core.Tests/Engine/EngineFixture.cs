using System;
using System.Collections.Generic;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Models.Sequence;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>An engine with its decoders and loop, as the tests need it.</summary>
internal sealed class EngineFixture
{
    public EngineFixture(EngineOptions options, EngineOutput? output = null, bool insertTimers = true, ISettingsReader? settings = null, BackgroundThread? background = null)
    {
        Registry = new InstrumentRegistry(options.Catalog);
        Decoder = new RecordDecoder(Registry) { Settings = settings };
        Engine = new EngineCore(options, Registry, output, background);
        Loop = new RecordLoop(Engine, Decoder, insertTimers);
    }

    public InstrumentRegistry Registry { get; }

    public RecordDecoder Decoder { get; }

    public EngineCore Engine { get; }

    public RecordLoop Loop { get; private set; }

    public static EngineOptions Options(double threshold = 0.3) => new()
    {
        Catalog = DefaultInstruments.Catalog,
        Strategy = () => new ImbalanceStrategy(threshold),
        Paper = new PaperVenueOptions(),
        TimingInterval = 64,
    };

    public void Feed(IEnumerable<(long ReceiveNs, byte[] Bytes)> frames)
    {
        foreach ((long receiveNs, byte[] bytes) in frames)
            Loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes);
    }

    /// <summary>Gives the engine a journal's records.</summary>
    public EngineFixture Read(string folder, long fromSequence = 1)
    {
        using JournalReader reader = new(folder, new JournalReaderOptions { FromSequence = fromSequence });
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            Loop.OnRecord(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload);
        return this;
    }

    /// <summary>Gives the engine a command as its journal record.</summary>
    public void Command(EngineCommandKind kind, long nowNs, ulong key = 0) => Loop.OnRecord(RecordKind.Command, VenueId.None, nowNs, PayloadOf(kind, key));

    /// <summary>The record of a command.</summary>
    public static byte[] PayloadOf(EngineCommandKind kind, ulong key = 0)
    {
        byte[] payload = new byte[EngineCommand.SizeBytes];
        int length = new EngineCommand { Kind = kind, KeyLow = key }.Write(payload);
        return payload[..length];
    }

    /// <summary>A loop that starts at the engine's time, as after a restore.</summary>
    public void Reloop() => Loop = new RecordLoop(Engine, Decoder, insertTimers: true);
}
