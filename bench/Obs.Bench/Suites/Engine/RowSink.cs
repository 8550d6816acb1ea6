using Obs.Core.Engine;
using Obs.Core.Market;
using Obs.Core.Signals;

namespace Obs.Bench.Suites.Engine;

/// <summary>Reads every feature row, so that rows are computed.</summary>
internal sealed class RowSink : EngineOutput
{
    /// <summary>Rows read.</summary>
    public long Rows { get; private set; }

    /// <inheritdoc/>
    public override void OnFeatures(in MarketEvent book, Instrument instrument, in FeatureRow features) => Rows++;
}
