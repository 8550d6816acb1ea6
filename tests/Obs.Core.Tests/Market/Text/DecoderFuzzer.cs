using System;
using System.Collections.Generic;
using System.Text;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Throws damaged frames at a decoder and lists everything that is wrong: an exception, a path that disagrees, a value the oracle does not
/// see, a refusal that leaves something behind, a result that depends on what stands around the frame.</summary>
internal sealed class DecoderFuzzer(IFuzzedDecoder decoder)
{
    private const int MaxFaults = 5;
    private const int Margin = 96;

    private readonly BookLevel[] _levels = new BookLevel[16_384];
    private byte[] _surroundings = new byte[4096];

    public List<string> Faults { get; } = [];

    public int Accepted { get; private set; }

    public int AcceptedFast { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Runs frames of one seed; stops early after some faults.</summary>
    public DecoderFuzzer Run(int seed, int frames, IReadOnlyList<byte[]> examples)
    {
        FrameMutator mutator = new(seed, examples);
        for (int step = 0; step < frames && Faults.Count < MaxFaults; step++)
        {
            byte[] frame = mutator.Next();
            if (Fault(frame) is { } fault)
                Faults.Add($"seed {seed}, step {step}: {fault}: {Encoding.Latin1.GetString(frame)}");
        }
        return this;
    }

    /// <summary>Checks one frame; null when nothing is wrong.</summary>
    public string? Fault(byte[] frame)
    {
        try
        {
            DecodedFrame result = Decode(frame, (byte)'9', general: false);
            if (result.DifferenceTo(Decode(frame, (byte)'"', general: false)) is { } leak)
                return $"depends on its surroundings: {leak}";
            if (result.DifferenceTo(Decode(frame, (byte)'0', general: true)) is { } path)
                return $"the paths disagree: {path}";
            return result.Status == DecodeStatus.Ok ? Accept(frame, result) : Refuse(result);
        }
#pragma warning disable CA1031 // any exception is what this looks for
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return $"threw {exception.GetType().Name}: {exception.Message}";
        }
    }

    private string? Accept(byte[] frame, DecodedFrame result)
    {
        Accepted++;
        AcceptedFast += decoder.TakesFastPath(frame, _levels) ? 1 : 0;
        return result.DifferenceTo(decoder.Oracle(frame)) is { } wrong ? $"the oracle disagrees: {wrong}" : null;
    }

    private string? Refuse(DecodedFrame result)
    {
        Refused++;
        MarketEvent blank = new() { Sequence = 7, ReceiveNs = 9, TotalBidSize = double.NaN, TotalAskSize = double.NaN };
        return result.DifferenceTo(new DecodedFrame(result.Status, blank, [])) is { } left ? $"a refusal left something: {left}" : null;
    }

    private DecodedFrame Decode(byte[] frame, byte around, bool general)
    {
        if (_surroundings.Length < frame.Length + 2 * Margin)
            _surroundings = new byte[frame.Length * 2 + 2 * Margin];
        _surroundings.AsSpan(0, frame.Length + 2 * Margin).Fill(around);
        frame.CopyTo(_surroundings, Margin);
        ReadOnlySpan<byte> placed = _surroundings.AsSpan(Margin, frame.Length);
        MarketEvent e = new() { Sequence = 7, ReceiveNs = 9, Price = new Price(1), BidCount = 3, Kind = MarketEventKind.Ticker };
        DecodeStatus status = general ? decoder.DecodeGeneral(placed, _levels, ref e) : decoder.Decode(placed, _levels, ref e);
        return DecodedFrame.Of(status, e, _levels);
    }
}
