namespace Obs.Core.Market.Text;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind : byte
{
    /// <summary>The member is not there.</summary>
    Missing,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object.</summary>
    Object,

    /// <summary><c>true</c>.</summary>
    True,

    /// <summary><c>false</c>.</summary>
    False,

    /// <summary><c>null</c>.</summary>
    Null,
}
