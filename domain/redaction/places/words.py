"""Characters by which the words around a place are told from its name."""

# Characters that a place name does not contain: words around it end here (住在|绵阳市, 地址是|四川省).
NO_PLACE = (
    "的在住于是到从去来我你他她它您址我和与跟给了着过把被就也都又没不这那个们说叫要吗呢吧啊搬租买寄送至经由往找问"
    "喺係嘅咗佢唔啲并已很让将请及或但而以对该每另其此某些拿打讲看见想能会可"
)
