-- SPDX-License-Identifier: Apache-2.0
--
-- Wireshark dissector for the Holdfast protocol, version 1. Use: tshark -X lua_script:holdfast.lua
-- Other ports: tshark -o holdfast.port:7500, or "Decode As".

local holdfast = Proto("holdfast", "Holdfast")

local opcodes = {
  [0x01] = "set_store", [0x02] = "set_product", [0x03] = "set_source", [0x04] = "set_stock",
  [0x05] = "delete_stock", [0x06] = "set_channel", [0x07] = "link_source", [0x08] = "unlink_source",
  [0x09] = "set_source_items", [0x0A] = "remove_source_items", [0x0B] = "delete_product",
  [0x0C] = "rename_product", [0x0D] = "assign_sources", [0x0E] = "unassign_sources",
  [0x0F] = "import_source_items", [0x10] = "hold", [0x11] = "extend", [0x12] = "place",
  [0x13] = "release", [0x14] = "cancel", [0x15] = "change_hold", [0x16] = "fail_order",
  [0x17] = "process_order", [0x18] = "record_order", [0x19] = "set_order_state", [0x1A] = "reopen",
  [0x20] = "invoice", [0x21] = "deduct", [0x22] = "refund", [0x23] = "notify_pickup",
  [0x30] = "receive", [0x31] = "adjust", [0x32] = "transfer", [0x33] = "set_supply",
  [0x34] = "append_entries", [0x35] = "compensate", [0x36] = "clean_up", [0x38] = "import_places",
  [0x39] = "set_customer_limit", [0x3A] = "remove_customer_limit", [0x3B] = "set_channel_policy",
  [0x3C] = "remove_channel_policy", [0x40] = "pulse", [0x41] = "digest", [0x42] = "set_capacities",
  [0x100] = "status", [0x101] = "salable", [0x102] = "check", [0x103] = "get_hold",
  [0x104] = "get_order", [0x105] = "outcome", [0x106] = "source_items", [0x107] = "source_item_page",
  [0x108] = "on_hand_page", [0x109] = "sources", [0x10A] = "stocks", [0x10B] = "product",
  [0x10C] = "store", [0x10D] = "explain", [0x10E] = "entries", [0x10F] = "channel",
  [0x110] = "salable_by", [0x111] = "suggest", [0x112] = "only_left", [0x113] = "stocks_of",
  [0x114] = "export_stock", [0x115] = "select_sources", [0x116] = "low_stock",
  [0x117] = "pickup_locations", [0x118] = "pickup_location", [0x119] = "pickup_ready",
  [0x11A] = "inconsistencies", [0x11B] = "holds", [0x11C] = "products", [0x11D] = "search_sources",
  [0x11E] = "items_at", [0x11F] = "customer_limits", [0x120] = "channel_policies", [0x121] = "supplies",
  [0x122] = "place_count", [0x123] = "changes", [0x200] = "hello", [0x201] = "ping", [0x202] = "batch",
  [0x20F] = "fault",
}

local outcomes = {
  [0] = "done", [1] = "reserved", [2] = "extended", [3] = "moved", [4] = "counted", [5] = "refused",
  [6] = "unassigned", [7] = "imported", [8] = "cleaned",
}

local fields = {
  length = ProtoField.uint32("holdfast.length", "Frame bytes"),
  magic = ProtoField.uint16("holdfast.magic", "Magic", base.HEX),
  major = ProtoField.uint8("holdfast.major", "Major version"),
  minor = ProtoField.uint8("holdfast.minor", "Minor version"),
  opcode = ProtoField.uint16("holdfast.opcode", "Opcode", base.HEX),
  message = ProtoField.string("holdfast.message", "Message"),
  reply = ProtoField.bool("holdfast.reply", "Reply"),
  flags = ProtoField.uint16("holdfast.flags", "Flags", base.HEX),
  body_checksum = ProtoField.uint32("holdfast.body_checksum", "Body checksum", base.HEX),
  correlation = ProtoField.uint64("holdfast.correlation", "Correlation"),
  deadline = ProtoField.uint32("holdfast.deadline", "Deadline (ms)"),
  header_checksum = ProtoField.uint32("holdfast.header_checksum", "Header checksum", base.HEX),
  command_id = ProtoField.bytes("holdfast.command_id", "Command id"),
  position = ProtoField.uint64("holdfast.position", "Position"),
  replayed = ProtoField.bool("holdfast.replayed", "Replayed"),
  outcome = ProtoField.uint8("holdfast.outcome", "Outcome", base.DEC, outcomes),
  status = ProtoField.uint16("holdfast.status", "Status code"),
  count = ProtoField.uint32("holdfast.count", "Commands"),
  body = ProtoField.bytes("holdfast.body", "Body"),
}
holdfast.fields = {}
for _, field in pairs(fields) do table.insert(holdfast.fields, field) end

holdfast.prefs.port = Pref.uint("TCP port", 7400, "Port of the binary protocol")

local HEADER = 32

local function dissect_reply(body, tree)
  if body:len() < 10 then return end
  tree:add_le(fields.position, body(0, 8))
  tree:add_le(fields.replayed, body(8, 1))
  tree:add_le(fields.outcome, body(9, 1))
  if body(9, 1):uint() == 5 and body:len() >= 12 then tree:add_le(fields.status, body(10, 2)) end
end

local function dissect_body(opcode, body, tree)
  local base_opcode = bit.band(opcode, 0x7FFF)
  local is_reply = opcode ~= base_opcode
  if base_opcode < 0x100 then
    if is_reply then
      dissect_reply(body, tree)
    elseif body:len() >= 16 then
      tree:add(fields.command_id, body(0, 16))
    end
  elseif base_opcode == 0x202 and body:len() >= 4 then
    tree:add_le(fields.count, body(0, 4))
  elseif base_opcode == 0x20F and body:len() >= 2 then
    tree:add_le(fields.status, body(0, 2))
  end
  tree:add(fields.body, body)
end

local function dissect_frame(buffer, pinfo, root)
  local tree = root:add(holdfast, buffer())
  local opcode = buffer(8, 2):le_uint()
  local is_reply = opcode >= 0x8000
  local name = opcodes[bit.band(opcode, 0x7FFF)] or "unknown"
  tree:add_le(fields.length, buffer(0, 4))
  tree:add_le(fields.magic, buffer(4, 2))
  tree:add_le(fields.major, buffer(6, 1))
  tree:add_le(fields.minor, buffer(7, 1))
  tree:add_le(fields.opcode, buffer(8, 2))
  tree:add(fields.message, buffer(8, 2), name)
  tree:add(fields.reply, buffer(8, 2), is_reply)
  tree:add_le(fields.flags, buffer(10, 2))
  tree:add_le(fields.body_checksum, buffer(12, 4))
  tree:add_le(fields.correlation, buffer(16, 8))
  tree:add_le(fields.deadline, buffer(24, 4))
  tree:add_le(fields.header_checksum, buffer(28, 4))
  tree:append_text(": " .. name .. (is_reply and " reply" or ""))
  pinfo.cols.protocol = "Holdfast"
  pinfo.cols.info:append((is_reply and " < " or " > ") .. name)
  if buffer:len() > HEADER then dissect_body(opcode, buffer(HEADER), tree) end
  return buffer:len()
end

local function frame_length(buffer, _, offset)
  local length = buffer(offset, 4):le_uint()
  -- A length that cannot be ends reassembly here instead of swallowing the stream.
  if length < HEADER or length > 1048576 then return buffer:len() - offset end
  return length
end

function holdfast.dissector(buffer, pinfo, root)
  pinfo.cols.info = ""
  dissect_tcp_pdus(buffer, root, HEADER, frame_length, dissect_frame)
  return buffer:len()
end

local ports = DissectorTable.get("tcp.port")
local current = holdfast.prefs.port
ports:add(current, holdfast)

function holdfast.prefs_changed()
  if holdfast.prefs.port == current then return end
  ports:remove(current, holdfast)
  current = holdfast.prefs.port
  ports:add(current, holdfast)
end
