using NUnit.Framework;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;

namespace Obs.Core.Tests.Engine;

/// <summary>A packed model stands in memory once, also where a shadow runs beside the engine.</summary>
internal sealed class PipelineContextTests
{
    [Test]
    public void A_model_is_lent_while_both_run_the_same()
    {
        PipelineContext real = new(EngineModel.Options(), null, new StallDetector());
        PipelineContext shadow = new(real.Options, null, new StallDetector(), lender: real);
        Assert.That(shadow.Network, Is.SameAs(real.Network));
        EngineOptions other = real.Options with { Model = EngineModel.Of(hidden: 8) };
        real.Change(other);
        shadow.Change(other);
        Assert.That(shadow.Network, Is.SameAs(real.Network).And.Property("Hidden").EqualTo(8), "also after a change of the model");
    }

    [Test]
    public void Another_model_is_packed_anew()
    {
        PipelineContext real = new(EngineModel.Options(), null, new StallDetector());
        PipelineContext other = new(real.Options with { Model = EngineModel.Of(hidden: 8) }, null, new StallDetector(), lender: real);
        Assert.That(other.Network, Is.Not.SameAs(real.Network));
        Assert.That(other.Network!.Hidden, Is.EqualTo(8));
    }
}
