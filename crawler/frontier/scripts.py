"""What Redis does in one step each, as Lua: whoever is killed is killed between two steps, never inside of one.

A queued entry is `number:tries:data`. A held one is `process score entry`, under its number. A process is alive while
its key `doorstep:alive:PROCESS` lasts.
"""

# KEYS queue seen number; ARGV fingerprint (may be empty) score data. To mark an address as seen and to queue it in two
# steps would lose it when the process dies in between: whoever does the page again finds it seen.
ENQUEUE = """
if ARGV[1] ~= '' and redis.call('SADD', KEYS[2], ARGV[1]) == 0 then return 0 end
local number = string.format('%016d', redis.call('INCR', KEYS[3]))
redis.call('ZADD', KEYS[1], ARGV[2], number .. ':0:' .. ARGV[3])
return 1
"""

# KEYS queue held; ARGV process. Returns the entry, or nothing.
TAKE = """
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if #first == 0 then return false end
redis.call('ZREM', KEYS[1], first[1])
redis.call('HSET', KEYS[2], string.sub(first[1], 1, 16), ARGV[1] .. ' ' .. first[2] .. ' ' .. first[1])
return first[1]
"""

# KEYS queue held. Asked for in two steps, what is taken back or led to in between would be in neither: who sees nothing
# takes the run for done.
COUNT = "return redis.call('ZCARD', KEYS[1]) + redis.call('HLEN', KEYS[2])"

# KEYS held; ARGV process number. What somebody else holds by now, because this process seemed dead, stays theirs.
DONE = """
local held = redis.call('HGET', KEYS[1], ARGV[2])
if held and string.sub(held, 1, #ARGV[1] + 1) == ARGV[1] .. ' ' then redis.call('HDEL', KEYS[1], ARGV[2]) end
"""

# KEYS queue held counts; ARGV tries prefix-of-alive [process]. Queues again what dead processes held (or, with a
# process, what that one holds, which is no try). What has ended too many processes is given up and counted.
TAKE_BACK = """
local held, back = redis.call('HGETALL', KEYS[2]), 0
for at = 1, #held, 2 do
  local process, score, number, tries, data = string.match(held[at + 1], '^(%S+) (%S+) (%d+):(%d+):(.*)$')
  local own = ARGV[3] ~= nil and process == ARGV[3]
  if own or (ARGV[3] == nil and redis.call('EXISTS', ARGV[2] .. process) == 0) then
    redis.call('HDEL', KEYS[2], held[at])
    if not own then tries = tries + 1 end
    if tonumber(tries) < tonumber(ARGV[1]) then
      redis.call('ZADD', KEYS[1], score, number .. ':' .. string.format('%d', tries) .. ':' .. data)
      back = back + 1
    else
      redis.call('HINCRBY', KEYS[3], 'refused/ends_the_crawler', 1)
    end
  end
end
return back
"""

# KEYS marks; ARGV address most (may be empty).
MARK = """
if redis.call('SISMEMBER', KEYS[1], ARGV[1]) == 1 then return 1 end
if ARGV[2] ~= '' and redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
return redis.call('SADD', KEYS[1], ARGV[1])
"""

# KEYS holders; ARGV address candidate (may be empty). Returns who holds the address: the first that was named for it.
HOLDER = """
if ARGV[2] ~= '' then redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) end
return redis.call('HGET', KEYS[1], ARGV[1])
"""

# KEYS run members; ARGV lease process. Only the run that has the source's lease is joined, and only while it lasts.
JOIN = """
if redis.call('HGET', KEYS[1], 'lease') ~= ARGV[1] or redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end
redis.call('SADD', KEYS[2], ARGV[2])
return 1
"""

# KEYS run members; ARGV process prefix-of-alive. Returns 1 to the last one, who ends the run; nobody joins it then.
LEAVE = """
redis.call('SREM', KEYS[2], ARGV[1])
for _, member in ipairs(redis.call('SMEMBERS', KEYS[2])) do
  if redis.call('EXISTS', ARGV[2] .. member) == 1 then return 0 end
end
redis.call('HSET', KEYS[1], 'ended', 1)
return 1
"""

# KEYS slot; ARGV process prefix-of-alive seconds. Returns the seconds to wait; 0: the origin is ours until given back.
ACQUIRE = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local slot = redis.call('HMGET', KEYS[1], 'holder', 'free_at')
if slot[1] and slot[1] ~= '' and slot[1] ~= ARGV[1] and redis.call('EXISTS', ARGV[2] .. slot[1]) == 1 then
  return ARGV[3]
end
local wait = tonumber(slot[2] or '0') - now
if wait > 0 then return tostring(wait) end
redis.call('HSET', KEYS[1], 'holder', ARGV[1])
redis.call('EXPIRE', KEYS[1], 3600)
return '0'
"""

# KEYS slot; ARGV process rest. The longest delay that any process knows of counts: not all have read robots.txt yet.
GIVE_BACK = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local slot = redis.call('HMGET', KEYS[1], 'holder', 'free_at', 'delay')
if slot[1] == ARGV[1] then redis.call('HSET', KEYS[1], 'holder', '') end
local rest = math.max(tonumber(ARGV[2]), tonumber(slot[3] or '0'))
redis.call('HSET', KEYS[1], 'free_at', string.format('%.6f', math.max(tonumber(slot[2] or '0'), now + rest)))
redis.call('EXPIRE', KEYS[1], 3600)
"""

# KEYS asked; ARGV budget seconds. The times of the requests of a day, the latest first: 1 where one more may be made.
ASK = """
local now, budget, span = tonumber(redis.call('TIME')[1]), tonumber(ARGV[1]), tonumber(ARGV[2])
local oldest = redis.call('LINDEX', KEYS[1], -1)
while oldest and tonumber(oldest) <= now - span do
  redis.call('RPOP', KEYS[1])
  oldest = redis.call('LINDEX', KEYS[1], -1)
end
if redis.call('LLEN', KEYS[1]) >= budget then return 0 end
redis.call('LPUSH', KEYS[1], now)
redis.call('EXPIRE', KEYS[1], span)
return 1
"""

# KEYS slot; ARGV delay.
SLOW_DOWN = """
local known = tonumber(redis.call('HGET', KEYS[1], 'delay') or '0')
redis.call('HSET', KEYS[1], 'delay', tostring(math.max(known, tonumber(ARGV[1]))))
redis.call('EXPIRE', KEYS[1], 3600)
"""

# KEYS claim own-run; ARGV source seconds title day as-list (the last three may be empty). Returns 1 to the source that
# takes an article, 0 where another one has it whose run is still the one in which it took it.
CLAIM = """
local claim = redis.call('HMGET', KEYS[1], 'source', 'run', 'lacking', 'leads_on')
local own = redis.call('HGET', KEYS[2], 'claims') or ''
local held = false
if claim[1] and claim[1] ~= ARGV[1] then
  local run = redis.call('HMGET', 'doorstep:' .. claim[1] .. ':run', 'claims', 'ended')
  held = run[1] == claim[2] and not run[2]
end
local told = ARGV[3] ~= '' or ARGV[4] ~= ''
if held and ((ARGV[5] ~= '' and claim[4]) or (told and claim[3])) then return 1 end
if not held and (claim[1] ~= ARGV[1] or claim[2] ~= own) then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'source', ARGV[1], 'run', own)
end
if ARGV[3] ~= '' then redis.call('HSETNX', KEYS[1], 'title', ARGV[3]) end
if ARGV[4] ~= '' then redis.call('HSETNX', KEYS[1], 'day', ARGV[4]) end
if held and ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'left_by_list', 1) end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return held and 0 or 1
"""

# KEYS claim. Returns the source that took an article in a run that still goes on, or nothing.
CLAIMED_BY = """
local claim = redis.call('HMGET', KEYS[1], 'source', 'run')
if not claim[1] then return false end
local run = redis.call('HMGET', 'doorstep:' .. claim[1] .. ':run', 'claims', 'ended')
if run[1] ~= claim[2] or run[2] then return false end
return claim[1]
"""

# KEYS claim; ARGV what. A claim that has run out is not begun again by a mark.
MARK_CLAIM = """
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], 1) end
"""
