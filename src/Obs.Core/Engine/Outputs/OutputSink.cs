using System;
using Obs.Core.Market;

namespace Obs.Core.Engine.Outputs;

/// <summary>Somebody who writes derived records down. Called by one thread, in order, each record once; which thread is the layout's business.</summary>
internal abstract class OutputSink
{
    /// <summary>Takes a record. What it throws stops the line.</summary>
    /// <param name="slot">The record; valid during the call.</param>
    /// <param name="instrument">Its market; null where <see cref="OutputSlot.Market"/> names none.</param>
    /// <param name="levels">Levels of a book change; valid during the call.</param>
    public abstract void On(ref OutputSlot slot, Instrument? instrument, ReadOnlySpan<BookLevel> levels);
}
