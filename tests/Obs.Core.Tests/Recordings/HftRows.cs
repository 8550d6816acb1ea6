using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Obs.Core.Tests.Recordings;

/// <summary>Writes npy arrays of hftbacktest rows as numpy does; nothing of the importer is used.</summary>
internal sealed class HftRows
{
    /// <summary>Bid depth on both sides of the wire.</summary>
    public const ulong BidDepth = 0xE000_0001;

    /// <summary>Ask depth on both sides.</summary>
    public const ulong AskDepth = 0xD000_0001;

    /// <summary>A trade whose taker sold.</summary>
    public const ulong SellTrade = 0xD000_0002;

    /// <summary>A trade whose taker bought.</summary>
    public const ulong BuyTrade = 0xE000_0002;

    /// <summary>The dtype of version 2.</summary>
    public const string Descr = "[('ev', '<u8'), ('exch_ts', '<i8'), ('local_ts', '<i8'), ('px', '<f8'), ('qty', '<f8'), ('order_id', '<u8'), ('ival', '<i8'), ('fval', '<f8')]";

    private readonly List<byte> _rows = [];
    private int _count;

    /// <summary>Adds a row; times in ms after 1,760,000,000 s.</summary>
    public HftRows Add(ulong ev, int exchangeMs, int localMs, double price, double quantity)
    {
        const long start = 1_760_000_000_000_000_000;
        foreach (byte[] field in new[]
        {
            BitConverter.GetBytes(ev), BitConverter.GetBytes(start + exchangeMs * 1_000_000L), BitConverter.GetBytes(start + localMs * 1_000_000L),
            BitConverter.GetBytes(price), BitConverter.GetBytes(quantity), new byte[8], new byte[8], new byte[8],
        })
            _rows.AddRange(field);
        _count++;
        return this;
    }

    /// <summary>The array.</summary>
    public byte[] ToNpy(string descr = Descr, int version = 1, int? promised = null)
    {
        string header = $"{{'descr': {descr}, 'fortran_order': False, 'shape': ({promised ?? _count},), }}";
        int prefix = version == 1 ? 10 : 12;
        header = header.PadRight((header.Length + prefix + 64) / 64 * 64 - prefix - 1) + "\n";
        using MemoryStream npy = new();
        npy.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', (byte)version, 0]);
        npy.Write(version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length));
        npy.Write(Encoding.ASCII.GetBytes(header));
        npy.Write(_rows.ToArray());
        return npy.ToArray();
    }
}
