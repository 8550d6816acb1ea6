using System;

namespace Obs.Core.Models;

/// <summary>A model file, or rows given to a model, cannot be used; the message names file, field and value and says what to do.</summary>
/// <remarks>Raised only while loading and in the offline runner, never per tick.</remarks>
internal sealed class ModelException : Exception
{
    /// <summary>Creates the error with its full text.</summary>
    public ModelException(string message) : base(message)
    {
    }

    /// <summary>Creates the error with its full text and the failure below it.</summary>
    public ModelException(string message, Exception inner) : base(message, inner)
    {
    }
}
