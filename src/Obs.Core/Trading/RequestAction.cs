namespace Obs.Core.Trading;

/// <summary>What a request asks of a venue. Numbers are on disk: they only grow.</summary>
internal enum RequestAction : byte
{
    /// <summary>Enter a new order.</summary>
    Submit = 0,

    /// <summary>Take an order out.</summary>
    Cancel = 1,

    /// <summary>Change price or size of an order.</summary>
    Modify = 2,
}
