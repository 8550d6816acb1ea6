using System;
using System.Collections.Generic;
using System.Linq;

namespace Obs.House.Tests;

/// <summary>The rooms of Obs.Core from top to bottom. A room may use itself and the rooms above it; venue rooms don't know each other.</summary>
internal sealed class RoomTable(IReadOnlyCollection<string> venues)
{
    private const string CoreNamespace = "Obs.Core.";
    private const string VenueRoom = "Market/<Venue>";
    private static readonly string[] TopToBottom =
        ["Disruptor", "Diagnostics", "Journal", "Market", VenueRoom, "Recordings", "Signals", "Models", "Trading", "Simulation", "Engine"];

    /// <summary>The room of a namespace: <c>Market</c>, <c>Market/Upbit</c>, …; null outside Core's rooms.</summary>
    public string? RoomOf(string ns)
    {
        if (!ns.StartsWith(CoreNamespace, StringComparison.Ordinal))
            return null;
        string[] parts = ns[CoreNamespace.Length..].Split('.');
        if (parts[0] == "Market" && parts.Length > 1 && venues.Any((string venue) => venue.StartsWith(parts[1], StringComparison.Ordinal)))
            return $"Market/{parts[1]}";
        return TopToBottom.Contains(parts[0]) ? parts[0] : null;
    }

    /// <summary>True when code of one room may name things of another.</summary>
    public static bool MayUse(string from, string to)
    {
        if (from == to)
            return true;
        return Floor(to) < Floor(from); // two venue rooms stand on one floor, so neither is above the other
    }

    private static int Floor(string room) =>
        Array.IndexOf(TopToBottom, room.StartsWith("Market/", StringComparison.Ordinal) ? VenueRoom : room);
}
