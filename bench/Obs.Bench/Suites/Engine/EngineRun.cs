using Obs.Core.Engine;
using Obs.Core.Market;
using Obs.Core.Models;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Bench.Suites.Engine;

/// <summary>A fresh engine with its decoders and loop, all stages on: what <c>obs replay</c> runs.</summary>
internal sealed class EngineRun
{
    /// <summary>Builds an engine and opens the registry's markets, so that nothing but frames is timed.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="registry">Markets known beforehand, or null for none.</param>
    /// <param name="output">Receiver of what is derived, or null.</param>
    /// <param name="insertTimers">True for recordings.</param>
    public EngineRun(EngineOptions options, InstrumentRegistry? registry = null, EngineOutput? output = null, bool insertTimers = true)
    {
        Registry = new InstrumentRegistry(options.Catalog);
        for (int index = 0; registry is not null && index < registry.Count; index++)
            Registry.Add(registry[index]);
        Decoder = new RecordDecoder(Registry);
        Engine = new EngineCore(options, Registry, output);
        Engine.OpenMarkets();
        Loop = new RecordLoop(Engine, Decoder, insertTimers);
    }

    /// <summary>The run's markets.</summary>
    public InstrumentRegistry Registry { get; }

    /// <summary>Its decoders.</summary>
    public RecordDecoder Decoder { get; }

    /// <summary>The engine.</summary>
    public EngineCore Engine { get; }

    /// <summary>Gives it records.</summary>
    public RecordLoop Loop { get; }

    /// <summary>Options of the command line's defaults with the imbalance strategy; stage stamps only where asked for.</summary>
    public static EngineOptions Options(int timingInterval = 64, SequenceModel? model = null) => new()
    {
        Catalog = DefaultInstruments.Catalog,
        Model = model,
        Strategy = model is null ? static () => new ImbalanceStrategy(0.6) : static () => new ThresholdStrategy(0.0005, CostModel.Fee),
        Paper = new PaperVenueOptions(),
        TimingInterval = timingInterval,
    };
}
